using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The only element of a set; none when it is empty, a conflict when there are several.</summary>
internal sealed class OnlyTerm(GatherTerm set, Location place) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        var found = (RegoSet)set.Eval(frame);
        return found.Count switch
        {
            0 => null,
            1 => found.Sorted[0],
            _ => throw EvaluationState.Error(RegoEvaluationException.Conflict, "template-strings must not produce multiple outputs", place),
        };
    }

    internal override void Describe(SlotUse use)
    {
        set.Describe(use);
        use.Impure();
    }
}
