namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The comparison operators and membership, without the way over the table of builtins.</summary>
internal sealed class CompareTerm(Comparison comparison, PlanTerm left, PlanTerm right, string name, BuiltinCallTerm call) : PlanTerm
{
    internal Comparison Comparison { get; } = comparison;

    internal PlanTerm Left { get; } = left;

    internal PlanTerm Right { get; } = right;

    /// <summary>The comparison that a builtin stands for; null when it is another builtin.</summary>
    internal static Comparison? Named(string builtin) => builtin switch
    {
        "equal" => Comparison.Equal,
        "neq" => Comparison.NotEqual,
        "lt" => Comparison.Less,
        "lte" => Comparison.LessOrEqual,
        "gt" => Comparison.Greater,
        "gte" => Comparison.GreaterOrEqual,
        "internal.member_2" => Comparison.Member,
        _ => null,
    };

    internal override RegoValue? Eval(Frame frame)
    {
        if (frame.Evaluation.FindMock(name) is not null)
        {
            return call.Eval(frame);
        }

        return Left.Eval(frame) is { } l && Right.Eval(frame) is { } r ? RegoValue.Of(Holds(l, r)) : null;
    }

    /// <summary>Whether the term is defined and not false.</summary>
    internal bool Test(Frame frame) => frame.Evaluation.HasMocks
        ? Eval(frame) is { IsFalse: false }
        : Left.Eval(frame) is { } l && Right.Eval(frame) is { } r && Holds(l, r);

    internal override void Describe(SlotUse use)
    {
        Left.Describe(use);
        Right.Describe(use);
    }

    private bool Holds(RegoValue l, RegoValue r) => Comparison switch
    {
        Comparison.Equal => l.Equals(r),
        Comparison.NotEqual => !l.Equals(r),
        Comparison.Less => RegoValue.Compare(l, r) < 0,
        Comparison.LessOrEqual => RegoValue.Compare(l, r) <= 0,
        Comparison.Greater => RegoValue.Compare(l, r) > 0,
        Comparison.GreaterOrEqual => RegoValue.Compare(l, r) >= 0,
        _ => Builtins.Comparisons.Contains(r, l),
    };
}

/// <summary>What a comparison asks.</summary>
internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Member,
}
