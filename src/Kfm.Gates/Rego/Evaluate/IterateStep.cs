using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Iterates over keys and values of a collection; through an index where a test after it asks for equality.</summary>
internal sealed class IterateStep(PlanTerm collection, Pattern key, Pattern value, Location place) : Step
{
    private readonly bool _anyKey = key is AnyPattern;
    private readonly bool _anyValue = value is AnyPattern;

    internal Join? Join { get; set; }

    /// <summary>Whether nothing shows the order of the members, so that they need not be sorted.</summary>
    internal bool AnyOrder { get; set; }

    internal PlanTerm Collection { get; } = collection;

    internal override bool Run(Frame frame)
    {
        var state = frame.Evaluation.State;
        EvaluationState.EnsureStack(place);
        var found = Collection.Eval(frame);
        if (Join is not null && Join.TryFind(frame, found, Match, out var matches))
        {
            return RunMatches(frame, state, matches);
        }

        return found switch
        {
            RegoArray array => RunArray(frame, state, array),
            RegoObject obj => RunObject(frame, state, obj),
            RegoSet set => RunSet(frame, state, set),
            _ => false,
        };
    }

    /// <summary>What matching a member reads and writes.</summary>
    internal SlotUse DescribePatterns()
    {
        var use = new SlotUse();
        key.Describe(use);
        value.Describe(use);
        return use;
    }

    internal override void Describe(SlotUse use)
    {
        Collection.Describe(use);
        key.Describe(use);
        value.Describe(use);
    }

    private bool Match(Frame frame, RegoValue name, RegoValue member) => key.Match(frame, name) && value.Match(frame, member);

    private bool RunArray(Frame frame, EvaluationState state, RegoArray array)
    {
        for (var i = 0; i < array.Count; i++)
        {
            state.Tick(place);
            if ((_anyValue || value.Match(frame, array.Span[i])) && (_anyKey || key.Match(frame, RegoNumber.Of(i))) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    private bool RunObject(Frame frame, EvaluationState state, RegoObject obj)
    {
        if (AnyOrder)
        {
            return RunMembers(frame, state, obj.Unsorted);
        }

        foreach (var (name, member) in obj.Sorted)
        {
            state.Tick(place);
            if ((_anyKey || key.Match(frame, name)) && (_anyValue || value.Match(frame, member)) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    private bool RunMembers(Frame frame, EvaluationState state, ReadOnlySpan<RegoValue> members)
    {
        for (var i = 0; i < members.Length; i += 2)
        {
            state.Tick(place);
            if ((_anyKey || key.Match(frame, members[i])) && (_anyValue || value.Match(frame, members[i + 1])) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    private bool RunSet(Frame frame, EvaluationState state, RegoSet set)
    {
        foreach (var element in AnyOrder ? set.Unsorted : set.Sorted)
        {
            state.Tick(place);
            if (Match(frame, element, element) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    private bool RunMatches(Frame frame, EvaluationState state, JoinMatches matches)
    {
        while (matches.TryNext(out var name, out var member))
        {
            state.Tick(place);
            if (Match(frame, name, member) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }
}
