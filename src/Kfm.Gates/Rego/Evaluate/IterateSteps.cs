using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Iterates over keys and values of a collection.</summary>
internal sealed class IterateStep(PlanTerm collection, Pattern key, Pattern value, Location place) : Step
{
    internal override bool Run(Frame frame)
    {
        var state = frame.Evaluation.State;
        EvaluationState.EnsureStack(place);
        return collection.Eval(frame) switch
        {
            RegoArray array => RunArray(frame, state, array),
            RegoObject obj => RunObject(frame, state, obj),
            RegoSet set => RunSet(frame, state, set),
            _ => false,
        };
    }

    private bool RunArray(Frame frame, EvaluationState state, RegoArray array)
    {
        for (var i = 0; i < array.Count; i++)
        {
            state.Tick(place);
            if (value.Match(frame, array.Span[i]) && key.Match(frame, RegoNumber.Of(i)) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    private bool RunObject(Frame frame, EvaluationState state, RegoObject obj)
    {
        foreach (var (name, member) in obj.Sorted)
        {
            state.Tick(place);
            if (key.Match(frame, name) && value.Match(frame, member) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    private bool RunSet(Frame frame, EvaluationState state, RegoSet set)
    {
        foreach (var element in set.Sorted)
        {
            state.Tick(place);
            if (key.Match(frame, element) && value.Match(frame, element) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Iterates over the members of a package, or of the value that lies there.</summary>
internal sealed class IterateDataStep(PlanTerm[] path, Pattern key, int result, Location place) : Step
{
    internal override bool Run(Frame frame)
    {
        var state = frame.Evaluation.State;
        EvaluationState.EnsureStack(place);
        if (PlanTerm.EvalAll(path, frame) is not { } keys)
        {
            return false;
        }

        var cursor = DataCursor.At(frame.Evaluation, keys);
        var names = cursor.PackageKeys() ?? Keys(cursor.Value());
        foreach (var name in names)
        {
            state.Tick(place);
            frame.Slots[result] = name;
            if (key.Match(frame, name) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<RegoValue> Keys(RegoValue? value) => value switch
    {
        RegoArray array => Enumerable.Range(0, array.Count).Select(i => (RegoValue)RegoNumber.Of(i)),
        RegoObject obj => obj.Sorted.Select(m => m.Key),
        RegoSet set => set.Sorted,
        _ => [],
    };
}

/// <summary>walk(x, [path, value]): every value below x, x itself first.</summary>
internal sealed class WalkStep(PlanTerm start, Pattern pair, Location place) : Step
{
    internal override bool Run(Frame frame)
    {
        EvaluationState.EnsureStack(place);
        return start.Eval(frame) is { } value && Visit(frame, [], value);
    }

    private bool Visit(Frame frame, RegoValue[] path, RegoValue value)
    {
        var state = frame.Evaluation.State;
        state.Tick(place);
        EvaluationState.EnsureStack(place);
        var found = new RegoArray([new RegoArray(path), value]);
        if (pair.Match(frame, found) && Next.Run(frame))
        {
            return true;
        }

        return value switch
        {
            RegoArray array => VisitAll(frame, path, array.Items.Select((v, i) => ((RegoValue)RegoNumber.Of(i), v))),
            RegoObject obj => VisitAll(frame, path, obj.Sorted.Select(m => (m.Key, m.Value))),
            RegoSet set => VisitAll(frame, path, set.Sorted.Select(v => (v, v))),
            _ => false,
        };
    }

    private bool VisitAll(Frame frame, RegoValue[] path, IEnumerable<(RegoValue Key, RegoValue Value)> members)
    {
        foreach (var (key, value) in members)
        {
            if (Visit(frame, [.. path, key], value))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>every: holds when the body holds for each member. An undefined domain, or one that is no collection, does not hold.</summary>
internal sealed class EveryStep(PlanTerm domain, Step members) : TestStep
{
    /// <summary>The members step iterates and then looks for one that breaks the body.</summary>
    internal override bool Try(Frame frame) =>
        domain.Eval(frame) is RegoArray or RegoObject or RegoSet && !members.Run(frame);
}
