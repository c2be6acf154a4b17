using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Yields the value of a complete rule or function; a second, different value is a conflict.</summary>
internal sealed class ResultStep(PlanTerm value, bool constant, bool function, Location place) : Step
{
    internal override bool Run(Frame frame)
    {
        if (value.Eval(frame) is not { } found)
        {
            return false;
        }

        if (frame.Result is null)
        {
            frame.Result = found;
            frame.Evaluation.State.Options.Coverage?.Hit(place.File, place.Row);
        }
        else if (!frame.Result.Equals(found))
        {
            throw EvaluationState.Error(
                RegoEvaluationException.Conflict,
                function ? "functions must not produce multiple outputs for same inputs" : "complete rules must not produce multiple outputs",
                place);
        }

        return constant;
    }

    internal override void Describe(SlotUse use)
    {
        value.Describe(use);
        use.Impure();
    }
}

/// <summary>Yields a member of a partial object, or an element of a partial set.</summary>
internal sealed class PartialStep(PlanTerm[] path, PlanTerm? element, PlanTerm? value, Location place) : Step
{
    internal override bool Run(Frame frame)
    {
        if (PlanTerm.EvalAll(path, frame) is not { } keys || (element ?? value)!.Eval(frame) is not { } found)
        {
            return false;
        }

        frame.Evaluation.State.Options.Coverage?.Hit(place.File, place.Row);
        if (element is not null)
        {
            frame.Partial!.Add(keys, found, place);
        }
        else
        {
            frame.Partial!.Put(keys, found, place);
        }

        return false;
    }

    internal override void Describe(SlotUse use)
    {
        use.All(path);
        (element ?? value)!.Describe(use);
        use.Impure();
    }
}

/// <summary>A variable of a query and where its value stands.</summary>
internal sealed record RowBinding(RegoString Name, int Slot);

/// <summary>Yields a row of a query.</summary>
internal sealed class RowStep(RowBinding[] bindings, PlanTerm?[] values, Expr[] query, int collector) : Step
{
    internal override bool Run(Frame frame)
    {
        var row = new ValueTable(2, bindings.Length);
        foreach (var (name, slot) in bindings)
        {
            row.Put(name, frame.Slots[slot]!);
        }

        var expressions = new QueryExpression[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] is null ? RegoValue.True : values[i]!.Eval(frame)!;
            expressions[i] = new QueryExpression(query[i].Text, value, query[i].Location.Row, query[i].Location.Col);
        }

        var rows = (List<QueryRow>)frame.Collectors[collector]!;
        rows.Add(new QueryRow(row.Count == 0 ? RegoObject.Empty : new RegoObject(row), expressions));
        frame.Evaluation.State.CheckSize(rows.Count, default);
        return false;
    }

    internal override void Describe(SlotUse use) => use.Impure();
}
