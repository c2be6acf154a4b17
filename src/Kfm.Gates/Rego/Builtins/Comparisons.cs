namespace Kfm.Gates.Rego.Builtins;

/// <summary>The comparison operators and membership.</summary>
internal static class Comparisons
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("eq", 2, static (_, a) => RegoValue.Of(a[0].Equals(a[1])));
        add("equal", 2, static (_, a) => RegoValue.Of(a[0].Equals(a[1])));
        add("neq", 2, static (_, a) => RegoValue.Of(!a[0].Equals(a[1])));
        add("lt", 2, static (_, a) => RegoValue.Of(RegoValue.Compare(a[0], a[1]) < 0));
        add("lte", 2, static (_, a) => RegoValue.Of(RegoValue.Compare(a[0], a[1]) <= 0));
        add("gt", 2, static (_, a) => RegoValue.Of(RegoValue.Compare(a[0], a[1]) > 0));
        add("gte", 2, static (_, a) => RegoValue.Of(RegoValue.Compare(a[0], a[1]) >= 0));
        add("internal.member_2", 2, static (_, a) => RegoValue.Of(Contains(a[1], a[0])));
        add("internal.member_3", 3, static (_, a) => RegoValue.Of(a[2].Get(a[0]) is { } found && found.Equals(a[1])));
    }

    internal static bool Contains(RegoValue collection, RegoValue value) => collection switch
    {
        RegoSet set => set.Contains(value),
        RegoArray array => Contains(array.Span, value),
        RegoObject obj => obj.Sorted.Any(m => m.Value.Equals(value)),
        _ => false,
    };

    private static bool Contains(ReadOnlySpan<RegoValue> items, RegoValue value)
    {
        foreach (var item in items)
        {
            if (item.Equals(value))
            {
                return true;
            }
        }

        return false;
    }
}
