using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>The string functions that make new strings.</summary>
internal static class MoreStrings
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("lower", 1, static (_, a) => new RegoString(Operand.Text("lower", a, 0).ToLowerInvariant()));
        add("upper", 1, static (_, a) => new RegoString(Operand.Text("upper", a, 0).ToUpperInvariant()));
        add("trim", 2, static (_, a) => Trim("trim", a, left: true, right: true));
        add("trim_left", 2, static (_, a) => Trim("trim_left", a, left: true, right: false));
        add("trim_right", 2, static (_, a) => Trim("trim_right", a, left: false, right: true));
        add("trim_space", 1, static (_, a) => new RegoString(Operand.Text("trim_space", a, 0).Trim()));
        add("trim_prefix", 2, TrimPrefix);
        add("trim_suffix", 2, TrimSuffix);
        add("replace", 3, Replace);
        add("strings.replace_n", 2, ReplaceAll);
        add("strings.reverse", 1, Reverse);
        add("sprintf", 2, static (c, a) => Sprintf.Format(c, Operand.Text("sprintf", a, 0), Operand.Array("sprintf", a, 1)));
        add("format_int", 2, FormatInt);
    }

    private static RegoString Trim(string builtin, RegoValue[] a, bool left, bool right)
    {
        var text = Strings.Runes(Operand.Text(builtin, a, 0));
        var cut = Strings.Runes(Operand.Text(builtin, a, 1)).ToHashSet();
        var (start, end) = (0, text.Length);
        while (left && start < end && cut.Contains(text[start]))
        {
            start++;
        }

        while (right && end > start && cut.Contains(text[end - 1]))
        {
            end--;
        }

        return new RegoString(Strings.Text(text.AsSpan(start, end - start)));
    }

    private static RegoString TrimPrefix(BuiltinContext context, RegoValue[] a)
    {
        var (text, prefix) = (Operand.Text("trim_prefix", a, 0), Operand.Text("trim_prefix", a, 1));
        return new RegoString(text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text);
    }

    private static RegoString TrimSuffix(BuiltinContext context, RegoValue[] a)
    {
        var (text, suffix) = (Operand.Text("trim_suffix", a, 0), Operand.Text("trim_suffix", a, 1));
        return new RegoString(text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text);
    }

    private static RegoString Replace(BuiltinContext context, RegoValue[] a)
    {
        var (text, old, with) = (Operand.Text("replace", a, 0), Operand.Text("replace", a, 1), Operand.Text("replace", a, 2));
        context.CheckSize((long)text.Length * Math.Max(1, with.Length) / Math.Max(1, old.Length));
        return new RegoString(old.Length > 0
            ? text.Replace(old, with, StringComparison.Ordinal)
            : with + string.Concat(text.EnumerateRunes().Select(r => r.ToString() + with)));
    }

    /// <summary>Replaces in one pass; at each place the first pattern in the order of the keys counts.</summary>
    private static RegoString ReplaceAll(BuiltinContext context, RegoValue[] a)
    {
        var pairs = new List<(string Old, string New)>();
        foreach (var (key, value) in Operand.Object("strings.replace_n", a, 0).Sorted)
        {
            pairs.Add(((key as RegoString ?? throw NotText("key")).Text, (value as RegoString ?? throw NotText("value")).Text));
        }

        var text = Operand.Text("strings.replace_n", a, 1);
        var result = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var match = pairs.FindIndex(p => p.Old.Length > 0 && string.CompareOrdinal(text, i, p.Old, 0, p.Old.Length) == 0);
            result.Append(match < 0 ? text[i].ToString() : pairs[match].New);
            i += match < 0 ? 1 : pairs[match].Old.Length;
            context.CheckSize(result.Length);
        }

        return new RegoString(result.ToString());
    }

    private static BuiltinException NotText(string part) => BuiltinException.Operand(
        "strings.replace_n", 1, $"non-string {part} found in pattern object");

    private static RegoString Reverse(BuiltinContext context, RegoValue[] a)
    {
        var runes = Strings.Runes(Operand.Text("strings.reverse", a, 0));
        Array.Reverse(runes);
        return new RegoString(Strings.Text(runes));
    }

    private static RegoString FormatInt(BuiltinContext context, RegoValue[] a)
    {
        var number = Operand.Number("format_int", a, 0);
        var radix = Operand.Int32("format_int", a, 1);
        if (radix is not (2 or 8 or 10 or 16))
        {
            throw BuiltinException.Operand("format_int", 2, "must be one of {2, 8, 10, 16}");
        }

        var whole = number.IsInteger ? number.ToBigInteger()
            : System.Numerics.BigInteger.Divide(number.Mantissa, System.Numerics.BigInteger.Pow(10, Math.Min(5000, -number.Exponent)));
        return new RegoString(Radix.Format(whole, radix));
    }
}
