namespace Kfm.Gates.Rego.Builtins;

/// <summary>object.*</summary>
internal static class Objects
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("object.get", 3, Get);
        add("object.keys", 1, static (_, a) => RegoSet.Create(Operand.Object("object.keys", a, 0).Sorted.Select(static m => m.Key)));
        add("object.remove", 2, static (_, a) => Select("object.remove", a, keep: false));
        add("object.filter", 2, static (_, a) => Select("object.filter", a, keep: true));
        add("object.union", 2, static (_, a) =>
            Evaluate.Paths.Merge(Operand.Object("object.union", a, 0), Operand.Object("object.union", a, 1)));
        add("object.union_n", 1, UnionAll);
        add("object.subset", 2, Subset);
    }

    private static RegoValue Get(BuiltinContext context, RegoValue[] a)
    {
        RegoValue value = Operand.Object("object.get", a, 0);
        if (a[1] is not RegoArray path)
        {
            return value.Get(a[1]) ?? a[2];
        }

        foreach (var key in path.Items)
        {
            if (value.Get(key) is not { } next)
            {
                return a[2];
            }

            value = next;
        }

        return value;
    }

    private static RegoObject Select(string builtin, RegoValue[] a, bool keep)
    {
        var obj = Operand.Object(builtin, a, 0);
        var keys = a[1] switch
        {
            RegoArray array => [.. array.Items],
            RegoSet set => set.Copy(),
            RegoObject other => other.Sorted.Select(static m => m.Key).ToHashSet(),
            _ => throw Operand.Wrong(builtin, a, 1, "one of {object, set, array}"),
        };
        return RegoObject.Create(obj.Sorted.Where(m => keys.Contains(m.Key) == keep));
    }

    private static RegoValue UnionAll(BuiltinContext context, RegoValue[] a)
    {
        RegoValue result = RegoObject.Empty;
        foreach (var item in Operand.Array("object.union_n", a, 0).Items)
        {
            result = Evaluate.Paths.Merge(result, item as RegoObject
                ?? throw BuiltinException.Operand("object.union_n", 1, $"must be array of objects but got array containing {Operand.KindName(item)}"));
        }

        return result;
    }

    private static RegoValue Subset(BuiltinContext context, RegoValue[] a) => (a[0], a[1]) switch
    {
        (RegoObject super, RegoObject sub) => RegoValue.Of(Contains(super, sub)),
        (RegoSet super, RegoSet sub) => RegoValue.Of(sub.Sorted.All(super.Contains)),
        (RegoArray super, RegoArray sub) => RegoValue.Of(Contains(super, sub)),
        (RegoArray super, RegoSet sub) => RegoValue.Of(sub.Sorted.All(e => super.Items.Contains(e))),
        _ => throw BuiltinException.Failed("object.subset", "both arguments object.subset must be of the same type or array and set"),
    };

    private static bool Contains(RegoObject super, RegoObject sub) => sub.Sorted.All(m => super.Get(m.Key) is { } found && (found, m.Value) switch
    {
        (RegoObject l, RegoObject r) => Contains(l, r),
        (RegoSet l, RegoSet r) => r.Sorted.All(l.Contains),
        (RegoArray l, RegoArray r) => Contains(l, r),
        _ => found.Equals(m.Value),
    });

    /// <summary>Whether the second array occurs in the first as a run.</summary>
    private static bool Contains(RegoArray super, RegoArray sub)
    {
        for (var start = 0; start + sub.Count <= super.Count; start++)
        {
            if (super.Span.Slice(start, sub.Count).SequenceEqual(sub.Span))
            {
                return true;
            }
        }

        return false;
    }
}
