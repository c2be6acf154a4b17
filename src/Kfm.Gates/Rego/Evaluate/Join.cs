namespace Kfm.Gates.Rego.Evaluate;

/// <summary>
/// A hash join: the iteration is followed by a test that a term over its own variables equals a term over earlier ones. When it runs over the same
/// collection again, the members are looked up by the inner term instead of tried one by one.
/// </summary>
/// <param name="inner">The term over the variables that the iteration binds.</param>
/// <param name="outer">The term over variables from before.</param>
/// <param name="memo">Where an evaluation keeps the index.</param>
internal sealed class Join(PlanTerm inner, PlanTerm outer, int memo)
{
    private const int MinCount = 8;

    /// <summary>The members that may pass; false when all have to be tried.</summary>
    internal bool TryFind(Frame frame, RegoValue? collection, Func<Frame, RegoValue, RegoValue, bool> match, out JoinMatches matches)
    {
        matches = default;
        if (collection is null || Count(collection) < MinCount || frame.Evaluation.HasMocks)
        {
            return false;
        }

        ref var kept = ref frame.Evaluation.Memo(memo);
        if (kept is not JoinIndex index)
        {
            // A collection that is run over once is not worth an index; seen again, it is.
            if (!ReferenceEquals(kept, collection))
            {
                kept = collection;
                return false;
            }

            kept = index = Build(frame, collection, match);
        }
        else if (!ReferenceEquals(index.Collection, collection))
        {
            kept = collection;
            return false;
        }

        var wanted = outer.Eval(frame);
        matches = new JoinMatches(index, wanted is null ? -1 : index.First.GetValueOrDefault(wanted, -1));
        return true;
    }

    private static int Count(RegoValue collection) => collection switch
    {
        RegoArray array => array.Count,
        RegoObject obj => obj.Count,
        RegoSet set => set.Count,
        _ => 0,
    };

    /// <summary>Goes backwards, so that the chain of each value runs forwards.</summary>
    private JoinIndex Build(Frame frame, RegoValue collection, Func<Frame, RegoValue, RegoValue, bool> match)
    {
        var index = new JoinIndex(collection, Count(collection));
        for (var i = index.Next.Length - 1; i >= 0; i--)
        {
            var (name, member) = index.Member(i);
            if (match(frame, name, member) && inner.Eval(frame) is { } value)
            {
                index.Next[i] = index.First.GetValueOrDefault(value, -1);
                index.First[value] = i;
            }
        }

        return index;
    }
}

/// <summary>The members of a collection in chains, a chain for each value of the inner term.</summary>
internal sealed class JoinIndex(RegoValue collection, int count)
{
    internal RegoValue Collection { get; } = collection;

    internal Dictionary<RegoValue, int> First { get; } = [];

    internal int[] Next { get; } = new int[count];

    internal (RegoValue Name, RegoValue Member) Member(int position)
    {
        switch (Collection)
        {
            case RegoArray array:
                return (RegoNumber.Of(position), array.Span[position]);
            case RegoObject obj:
                var (key, value) = obj.Sorted[position];
                return (key, value);
            default:
                var element = ((RegoSet)Collection).Sorted[position];
                return (element, element);
        }
    }
}

/// <summary>A chain that is being followed.</summary>
internal struct JoinMatches(JoinIndex index, int first)
{
    private int _position = first;

    internal bool TryNext(out RegoValue name, out RegoValue member)
    {
        if (_position < 0)
        {
            (name, member) = (RegoValue.Null, RegoValue.Null);
            return false;
        }

        (name, member) = index.Member(_position);
        _position = index.Next[_position];
        return true;
    }
}
