using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A comprehension: runs its body and gathers what its last step yields.</summary>
internal sealed class GatherTerm(RegoKind kind, Step body, int collector, Location place) : PlanTerm
{
    internal override RegoValue Eval(Frame frame)
    {
        EvaluationState.EnsureStack(place);
        object gathered = kind switch
        {
            RegoKind.Array => new List<RegoValue>(),
            RegoKind.Set => new HashSet<RegoValue>(),
            _ => new Dictionary<RegoValue, RegoValue>(),
        };
        frame.Collectors[collector] = gathered;
        body.Run(frame);
        return gathered switch
        {
            List<RegoValue> items => new RegoArray([.. items]),
            HashSet<RegoValue> elements => new RegoSet(elements),
            _ => new RegoObject((Dictionary<RegoValue, RegoValue>)gathered),
        };
    }
}

/// <summary>Yields an element of a comprehension.</summary>
internal sealed class YieldStep(PlanTerm? key, PlanTerm value, int collector, Location place) : Step
{
    internal override bool Run(Frame frame)
    {
        if (value.Eval(frame) is not { } found)
        {
            return false;
        }

        var state = frame.Evaluation.State;
        switch (frame.Collectors[collector])
        {
            case List<RegoValue> items:
                items.Add(found);
                state.CheckSize(items.Count, place);
                break;
            case HashSet<RegoValue> elements:
                elements.Add(found);
                state.CheckSize(elements.Count, place);
                break;
            case Dictionary<RegoValue, RegoValue> members when key!.Eval(frame) is { } name:
                if (!members.TryAdd(name, found) && !members[name].Equals(found))
                {
                    throw EvaluationState.Error(RegoEvaluationException.Conflict, "object keys must be unique", place);
                }

                state.CheckSize(members.Count, place);
                break;
        }

        return false;
    }
}
