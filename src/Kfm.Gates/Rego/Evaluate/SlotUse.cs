namespace Kfm.Gates.Rego.Evaluate;

/// <summary>What a part of a plan reads, writes and does beside that: the planner asks before it moves or shares work.</summary>
internal sealed class SlotUse
{
    internal SlotSet Reads { get; } = new();

    internal SlotSet Writes { get; } = new();

    /// <summary>It cannot raise an error, prints nothing and looks at slots, constants and base documents only.</summary>
    internal bool Pure { get; private set; } = true;

    /// <summary>Someone watches it: print, coverage, trace.</summary>
    internal bool Watched { get; private set; }

    internal static SlotUse Of(PlanTerm term)
    {
        var use = new SlotUse();
        term.Describe(use);
        return use;
    }

    internal static SlotUse Of(Step step)
    {
        var use = new SlotUse();
        step.Describe(use);
        return use;
    }

    internal void Impure() => Pure = false;

    internal void Watch()
    {
        Pure = false;
        Watched = true;
    }

    internal void All(IEnumerable<PlanTerm> terms)
    {
        foreach (var term in terms)
        {
            term.Describe(this);
        }
    }

    /// <summary>A body of its own, up to its end.</summary>
    internal void Body(Step start)
    {
        for (Step? step = start; step is not null; step = step.Following)
        {
            step.Describe(this);
        }
    }
}
