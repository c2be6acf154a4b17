using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>The string functions that look into strings. Positions and lengths count code points.</summary>
internal static class Strings
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("concat", 2, Concat);
        add("contains", 2, static (_, a) => Flag("contains", a, static (s, t) => s.Contains(t, StringComparison.Ordinal)));
        add("startswith", 2, static (_, a) => Flag("startswith", a, static (s, t) => s.StartsWith(t, StringComparison.Ordinal)));
        add("endswith", 2, static (_, a) => Flag("endswith", a, static (s, t) => s.EndsWith(t, StringComparison.Ordinal)));
        add("indexof", 2, IndexOf);
        add("indexof_n", 2, IndexOfAll);
        add("substring", 3, Substring);
        add("split", 2, static (_, a) => Split(Operand.Text("split", a, 0), Operand.Text("split", a, 1)));
        add("strings.split_n", 3, SplitN);
        add("strings.any_prefix_match", 2, static (_, a) => Any("strings.any_prefix_match", a, static (s, t) => s.StartsWith(t, StringComparison.Ordinal)));
        add("strings.any_suffix_match", 2, static (_, a) => Any("strings.any_suffix_match", a, static (s, t) => s.EndsWith(t, StringComparison.Ordinal)));
        add("strings.count", 2, Count);
    }

    internal static int[] Runes(string text) => [.. text.EnumerateRunes().Select(static r => r.Value)];

    internal static string Text(ReadOnlySpan<int> runes)
    {
        var text = new StringBuilder(runes.Length);
        foreach (var rune in runes)
        {
            text.Append(new Rune(rune).ToString());
        }

        return text.ToString();
    }

    private static RegoValue Flag(string builtin, RegoValue[] a, Func<string, string, bool> test) =>
        RegoValue.Of(test(Operand.Text(builtin, a, 0), Operand.Text(builtin, a, 1)));

    private static RegoString Concat(BuiltinContext context, RegoValue[] a)
    {
        var separator = Operand.Text("concat", a, 0);
        var parts = Operand.Texts("concat", a, 1);
        context.CheckSize(parts.Sum(static p => (long)p.Length) + ((long)separator.Length * parts.Count));
        return new RegoString(string.Join(separator, parts));
    }

    private static RegoNumber IndexOf(BuiltinContext context, RegoValue[] a)
    {
        var (text, part) = (Operand.Text("indexof", a, 0), Operand.Text("indexof", a, 1));
        if (part.Length == 0)
        {
            throw BuiltinException.Failed("indexof", "empty search character");
        }

        var at = text.IndexOf(part, StringComparison.Ordinal);
        return RegoNumber.Of(at < 0 ? -1 : Runes(text[..at]).Length);
    }

    private static RegoArray IndexOfAll(BuiltinContext context, RegoValue[] a)
    {
        var (text, part) = (Runes(Operand.Text("indexof_n", a, 0)), Runes(Operand.Text("indexof_n", a, 1)));
        if (part.Length == 0)
        {
            throw BuiltinException.Failed("indexof_n", "empty search character");
        }

        var found = new List<RegoValue>();
        for (var i = 0; i + part.Length <= text.Length; i++)
        {
            if (text.AsSpan(i, part.Length).SequenceEqual(part))
            {
                found.Add(RegoNumber.Of(i));
            }
        }

        return new RegoArray([.. found]);
    }

    private static RegoString Substring(BuiltinContext context, RegoValue[] a)
    {
        var runes = Runes(Operand.Text("substring", a, 0));
        var start = Operand.Int32("substring", a, 1);
        var length = Operand.Int32("substring", a, 2);
        if (start < 0)
        {
            throw BuiltinException.Failed("substring", "negative offset");
        }

        if (start >= runes.Length)
        {
            return new RegoString("");
        }

        var rest = runes.Length - start;
        return new RegoString(Text(runes.AsSpan(start, length < 0 ? rest : Math.Min(length, rest))));
    }

    private static RegoArray Split(string text, string separator)
    {
        IEnumerable<string> parts = separator.Length > 0 ? text.Split(separator) : text.EnumerateRunes().Select(static r => r.ToString());
        return new RegoArray([.. parts.Select(RegoValue.Of)]);
    }

    /// <summary>The first n parts, or the last when n is negative.</summary>
    private static RegoArray SplitN(BuiltinContext context, RegoValue[] a)
    {
        const string name = "strings.split_n";
        var parts = Split(Operand.Text(name, a, 0), Operand.Text(name, a, 1));
        var count = Operand.Int32(name, a, 2);
        var taken = (int)Math.Min(Math.Abs((long)count), parts.Count);
        return new RegoArray((count < 0 ? parts.Span[^taken..] : parts.Span[..taken]).ToArray());
    }

    private static RegoValue Any(string builtin, RegoValue[] a, Func<string, string, bool> test)
    {
        var texts = a[0] is RegoString ? [Operand.Text(builtin, a, 0)] : Many(builtin, a, 0);
        var parts = a[1] is RegoString ? [Operand.Text(builtin, a, 1)] : Many(builtin, a, 1);
        return RegoValue.Of(texts.Exists(t => parts.Exists(p => test(t, p))));
    }

    private static List<string> Many(string builtin, RegoValue[] a, int index) => a[index] is RegoArray or RegoSet
        ? Operand.Texts(builtin, a, index)
        : throw Operand.Wrong(builtin, a, index, "one of {string, set, array}");

    private static RegoNumber Count(BuiltinContext context, RegoValue[] a)
    {
        var (text, part) = (Operand.Text("strings.count", a, 0), Operand.Text("strings.count", a, 1));
        if (part.Length == 0)
        {
            return RegoNumber.Of(Runes(text).Length + 1);
        }

        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return RegoNumber.Of(count);
    }
}
