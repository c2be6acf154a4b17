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
        add("max", 1, static (_, a) => Operand.Items("max", a, 0).MaxBy(static v => v, ByOrder));
        add("min", 1, static (_, a) => Operand.Items("min", a, 0).MinBy(static v => v, ByOrder));
        add("sort", 1, static (_, a) => Sort(Operand.Items("sort", a, 0)));
        add("all", 1, static (_, a) => RegoValue.Of(Operand.Items("all", a, 0).All(static v => v.Equals(RegoValue.True))));
        add("any", 1, static (_, a) => RegoValue.Of(Operand.Items("any", a, 0).Any(static v => v.Equals(RegoValue.True))));
    }

    private static Comparer<RegoValue> ByOrder { get; } = Comparer<RegoValue>.Create(RegoValue.Compare);

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
        foreach (var item in Operand.Items(builtin, a, 0))
        {
            var kind = Operand.KindName(a[0]);
            result = step(builtin, result, item as RegoNumber
                ?? throw BuiltinException.Operand(builtin, 1, $"must be {kind} of numbers but got {kind} containing {Operand.KindName(item)}"));
        }

        return result;
    }

    private static RegoArray Sort(IReadOnlyList<RegoValue> items)
    {
        var sorted = items.ToArray();
        Array.Sort(sorted, RegoValue.Compare);
        return new RegoArray(sorted);
    }
}
