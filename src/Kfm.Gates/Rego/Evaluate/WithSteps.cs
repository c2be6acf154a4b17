namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Replaces input, data or functions while the expression after it runs, up to the matching end.</summary>
internal sealed class WithStep(WithChange[] changes, int collector) : Step
{
    internal override bool Run(Frame frame)
    {
        var outer = frame.Evaluation;
        var inner = outer;
        foreach (var change in changes)
        {
            if (change.Apply(frame, inner) is not { } changed)
            {
                return false;
            }

            inner = changed;
        }

        frame.Collectors[collector] = (outer, inner);
        frame.Evaluation = inner;
        var stop = Next.Run(frame);
        frame.Evaluation = outer;
        if (!ReferenceEquals(inner, outer))
        {
            inner.End();
        }

        return stop;
    }

    internal override void Describe(SlotUse use)
    {
        Array.ForEach(changes, c => c.Describe(use));
        use.Impure();
    }
}

/// <summary>Goes back to the outer evaluation for the rest of the body.</summary>
internal sealed class EndWithStep(int collector) : Step
{
    internal override bool Run(Frame frame)
    {
        var saved = frame.Collectors[collector]!;
        var (outer, inner) = ((Evaluation, Evaluation))saved;
        frame.Evaluation = outer;
        var stop = Next.Run(frame);
        frame.Evaluation = inner;
        frame.Collectors[collector] = saved;
        return stop;
    }

    internal override void Describe(SlotUse use)
    {
    }
}

/// <summary>One replacement.</summary>
internal abstract class WithChange
{
    internal abstract Evaluation? Apply(Frame frame, Evaluation evaluation);

    internal abstract void Describe(SlotUse use);
}

internal sealed class WithInput(string[] path, PlanTerm value) : WithChange
{
    internal override Evaluation? Apply(Frame frame, Evaluation evaluation) =>
        value.Eval(frame) is { } found ? evaluation.WithInput(Paths.Put(evaluation.Input, path, found)) : null;

    internal override void Describe(SlotUse use) => value.Describe(use);
}

internal sealed class WithData(string[] path, PlanTerm value) : WithChange
{
    internal override Evaluation? Apply(Frame frame, Evaluation evaluation) =>
        value.Eval(frame) is { } found ? evaluation.WithData(path, found) : null;

    internal override void Describe(SlotUse use) => value.Describe(use);
}

internal sealed class WithFunction(string name, PlanTerm? value, Func<Mock>? function) : WithChange
{
    internal override Evaluation? Apply(Frame frame, Evaluation evaluation)
    {
        if (function is not null)
        {
            return evaluation.WithMock(name, function());
        }

        return value!.Eval(frame) is { } found ? evaluation.WithMock(name, new Mock(found, null, null)) : null;
    }

    internal override void Describe(SlotUse use) => value?.Describe(use);
}
