using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Reads operands and refuses those of a wrong kind, in the words of OPA.</summary>
internal static class Operand
{
    internal static string KindName(RegoValue value) => value.Kind.ToString().ToLowerInvariant();

    internal static BuiltinException Wrong(string builtin, RegoValue[] arguments, int index, string expected) =>
        BuiltinException.Operand(builtin, index + 1, $"must be {expected} but got {KindName(arguments[index])}");

    internal static string Text(string builtin, RegoValue[] arguments, int index) =>
        arguments[index] is RegoString s ? s.Text : throw Wrong(builtin, arguments, index, "string");

    internal static RegoNumber Number(string builtin, RegoValue[] arguments, int index) =>
        arguments[index] as RegoNumber ?? throw Wrong(builtin, arguments, index, "number");

    internal static BigInteger Integer(string builtin, RegoValue[] arguments, int index)
    {
        var number = Number(builtin, arguments, index);
        return number.IsInteger
            ? number.ToBigInteger()
            : throw BuiltinException.Operand(builtin, index + 1, "must be integer number but got floating-point number");
    }

    internal static int Int32(string builtin, RegoValue[] arguments, int index) =>
        (int)BigInteger.Max(int.MinValue, BigInteger.Min(int.MaxValue, Integer(builtin, arguments, index)));

    internal static bool Flag(string builtin, RegoValue[] arguments, int index) =>
        arguments[index] is RegoBoolean b ? b.Value : throw Wrong(builtin, arguments, index, "boolean");

    internal static RegoArray Array(string builtin, RegoValue[] arguments, int index) =>
        arguments[index] as RegoArray ?? throw Wrong(builtin, arguments, index, "array");

    internal static RegoObject Object(string builtin, RegoValue[] arguments, int index) =>
        arguments[index] as RegoObject ?? throw Wrong(builtin, arguments, index, "object");

    internal static RegoSet Set(string builtin, RegoValue[] arguments, int index) =>
        arguments[index] as RegoSet ?? throw Wrong(builtin, arguments, index, "set");

    /// <summary>The items of an array, or the elements of a set in order.</summary>
    internal static ReadOnlySpan<RegoValue> Span(string builtin, RegoValue[] arguments, int index) => arguments[index] switch
    {
        RegoArray array => array.Span,
        RegoSet set => set.Sorted,
        _ => throw Wrong(builtin, arguments, index, "one of {array, set}"),
    };

    /// <summary>The items of an array or the elements of a set.</summary>
    internal static IReadOnlyList<RegoValue> Items(string builtin, RegoValue[] arguments, int index) => arguments[index] switch
    {
        RegoArray array => array.Items,
        RegoSet set => set.Sorted,
        _ => throw Wrong(builtin, arguments, index, "one of {array, set}"),
    };

    /// <summary>The strings of an array or set.</summary>
    internal static List<string> Texts(string builtin, RegoValue[] arguments, int index)
    {
        var texts = new List<string>();
        foreach (var item in Span(builtin, arguments, index))
        {
            texts.Add(item is RegoString s ? s.Text
                : throw BuiltinException.Operand(builtin, index + 1, $"must be {KindName(arguments[index])} of strings but got {KindName(arguments[index])} containing {KindName(item)}"));
        }

        return texts;
    }
}
