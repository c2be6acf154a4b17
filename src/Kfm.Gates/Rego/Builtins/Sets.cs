namespace Kfm.Gates.Rego.Builtins;

/// <summary>Union and intersection; and, or are the infix forms.</summary>
internal static class Sets
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("and", 2, static (_, a) => Intersect(Operand.Set("and", a, 0), Operand.Set("and", a, 1)));
        add("or", 2, static (_, a) => Operand.Set("or", a, 0).Union(Operand.Set("or", a, 1)));
        add("set_diff", 2, static (_, a) =>
            Operand.Set("set_diff", a, 1) is var right ? Operand.Set("set_diff", a, 0).Where(right, contained: false) : null);
        add("union", 1, static (_, a) => RegoSet.Create(Operands("union", a).SelectMany(static s => s.Sorted)));
        add("intersection", 1, static (_, a) =>
            Operands("intersection", a) is { Count: > 0 } sets ? sets.Aggregate(Intersect) : RegoSet.Empty);
    }

    private static RegoSet Intersect(RegoSet left, RegoSet right) => left.Where(right, contained: true);

    private static List<RegoSet> Operands(string builtin, RegoValue[] a) =>
        [.. Operand.Set(builtin, a, 0).Sorted.Select(e => e as RegoSet
            ?? throw BuiltinException.Operand(builtin, 1, $"must be set of sets but got set containing {Operand.KindName(e)}"))];
}
