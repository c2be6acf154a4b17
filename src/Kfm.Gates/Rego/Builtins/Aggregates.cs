using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>count, sum, product, max, min, sort, all, any.</summary>
internal static class Aggregates
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("count", 1, Count);
        add("sum", 1, static (_, a) => Fold("sum", a, 0, Arithmetic.Add));
        add("product", 1, static (_, a) => Fold("product", a, 1, Arithmetic.Multiply));
        add("max", 1, static (_, a) => Extreme("max", a, 1));
        add("min", 1, static (_, a) => Extreme("min", a, -1));
        add("sort", 1, static (_, a) => Sort(Operand.Items("sort", a, 0)));
        add("all", 1, static (_, a) => RegoValue.Of(Operand.Items("all", a, 0).All(static v => v.Equals(RegoValue.True))));
        add("any", 1, static (_, a) => RegoValue.Of(Operand.Items("any", a, 0).Any(static v => v.Equals(RegoValue.True))));
    }

    /// <summary>The greatest (1) or least (-1) element; undefined when there is none.</summary>
    private static RegoValue? Extreme(string builtin, RegoValue[] a, int sign)
    {
        RegoValue? best = null;
        foreach (var item in Operand.Span(builtin, a, 0))
        {
            if (best is null || RegoValue.Compare(item, best) * (long)sign > 0)
            {
                best = item;
            }
        }

        return best;
    }

    private static RegoNumber Count(BuiltinContext context, RegoValue[] a) => a[0] switch
    {
        RegoArray array => RegoNumber.Of(array.Count),
        RegoObject obj => RegoNumber.Of(obj.Count),
        RegoSet set => RegoNumber.Of(set.Count),
        RegoString s => RegoNumber.Of(RuneCount(s.Text)),
        _ => throw Operand.Wrong("count", a, 0, "one of {array, object, set, string}"),
    };

    private static int RuneCount(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static RegoNumber Fold(string builtin, RegoValue[] a, long start, Func<string, RegoNumber, RegoNumber, RegoNumber> step)
    {
        var result = RegoNumber.Of(start);
        foreach (var item in Operand.Span(builtin, a, 0))
        {
            result = step(builtin, result, item as RegoNumber ?? throw NotNumber(builtin, a, item));
        }

        return result;
    }

    private static BuiltinException NotNumber(string builtin, RegoValue[] a, RegoValue item)
    {
        var kind = Operand.KindName(a[0]);
        return BuiltinException.Operand(builtin, 1, $"must be {kind} of numbers but got {kind} containing {Operand.KindName(item)}");
    }

    private static RegoArray Sort(IReadOnlyList<RegoValue> items)
    {
        var sorted = items.ToArray();
        Array.Sort(sorted, RegoValue.Compare);
        return new RegoArray(sorted);
    }
}
