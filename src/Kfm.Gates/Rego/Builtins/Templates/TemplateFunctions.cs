using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>The predefined functions of Go's templates; and, or are in the execution, because they do not evaluate all operands.</summary>
internal static class TemplateFunctions
{
    private const int Many = int.MaxValue;

    private static readonly Dictionary<string, (int Least, int Most, Func<BuiltinContext, object?[], object?> Call)> Table = new(StringComparer.Ordinal)
    {
        ["and"] = (1, Many, static (_, a) => a[^1]),
        ["call"] = (1, Many, static (_, a) => throw new TemplateException(a[0] is null or RegoNull ? "call of nil" : $"non-function of type {TemplateText.TypeName(a[0])}")),
        ["eq"] = (1, Many, static (_, a) => RegoValue.Of(TemplateComparisons.Equal(a))),
        ["ge"] = (2, 2, static (_, a) => RegoValue.Of(!TemplateComparisons.Less(a[0], a[1]))),
        ["gt"] = (2, 2, static (_, a) => RegoValue.Of(!TemplateComparisons.Less(a[0], a[1]) && !TemplateComparisons.Equal(a))),
        ["html"] = (0, Many, static (c, a) => RegoValue.Of(Html(Printed(c, a)))),
        ["index"] = (1, Many, static (_, a) => a.Skip(1).Aggregate(a[0], Index)),
        ["js"] = (0, Many, static (c, a) => RegoValue.Of(Js(Printed(c, a)))),
        ["le"] = (2, 2, static (_, a) => RegoValue.Of(TemplateComparisons.Less(a[0], a[1]) || TemplateComparisons.Equal(a))),
        ["len"] = (1, 1, static (_, a) => Length(a[0])),
        ["lt"] = (2, 2, static (_, a) => RegoValue.Of(TemplateComparisons.Less(a[0], a[1]))),
        ["ne"] = (2, 2, static (_, a) => RegoValue.Of(!TemplateComparisons.Equal(a))),
        ["not"] = (1, 1, static (_, a) => RegoValue.Of(!IsTrue(a[0]))),
        ["or"] = (1, Many, static (_, a) => a[^1]),
        ["print"] = (0, Many, static (c, a) => RegoValue.Of(TemplateText.Sprint(c, a))),
        ["printf"] = (1, Many, static (c, a) => Printf(c, a)),
        ["println"] = (0, Many, static (c, a) => RegoValue.Of(string.Join(' ', a.Select(v => TemplateText.Sprint(c, [v]))) + "\n")),
        ["slice"] = (1, 4, static (_, a) => Slice(a)),
        ["urlquery"] = (0, Many, static (c, a) => RegoValue.Of(Uri.EscapeDataString(Printed(c, a)).Replace("%20", "+", StringComparison.Ordinal))),
    };

    internal static bool Has(string name) => Table.ContainsKey(name);

    internal static object? Call(BuiltinContext context, string name, object?[] arguments)
    {
        var (least, most, call) = Table[name];
        if (arguments.Length < least || arguments.Length > most)
        {
            var want = least == most ? $"{least}" : $"at least {least}";
            throw new TemplateException($"wrong number of args for {name}: want {want} got {arguments.Length}");
        }

        try
        {
            return call(context, arguments);
        }
        catch (TemplateException e)
        {
            throw new TemplateException($"error calling {name}: {e.Message}");
        }
    }

    /// <summary>Whether a value is not the zero of its type; numbers of the data are text and so never empty.</summary>
    internal static bool IsTrue(object? value) => value switch
    {
        null or RegoNull => false,
        RegoBoolean flag => flag.Value,
        long whole => whole != 0,
        double real => real != 0,
        RegoString text => text.Text.Length > 0,
        RegoArray array => array.Count > 0,
        RegoObject map => map.Members.Count > 0,
        _ => true,
    };

    private static string Printed(BuiltinContext context, object?[] a) =>
        TemplateText.Sprint(context, Array.ConvertAll(a, static v => v is null or RegoNull ? RegoValue.Of(TemplateExecution.NoValue) : v));

    private static long Length(object? value) => value switch
    {
        RegoArray array => array.Count,
        RegoObject map => map.Members.Count,
        null or RegoNull => throw new TemplateException("len of nil pointer"),
        _ => TemplateText.AsString(value) is { } text ? Encoding.UTF8.GetByteCount(text) : throw new TemplateException($"len of type {TemplateText.TypeName(value)}"),
    };

    private static object? Index(object? value, object? index)
    {
        switch (value)
        {
            case null or RegoNull:
                throw new TemplateException("index of untyped nil");
            case RegoArray array:
                return array.Span[Position(index, array.Count)];
            case RegoObject map:
                return index is RegoString key ? map.Get(key)
                    : throw new TemplateException(index is null or RegoNull ? "value is nil; should be of type string" : $"value has type {TemplateText.TypeName(index)}; should be string");
            default:
                if (TemplateText.AsString(value) is not { } text)
                {
                    throw new TemplateException($"can't index item of type {TemplateText.TypeName(value)}");
                }

                var bytes = Encoding.UTF8.GetBytes(text);
                return (long)bytes[Position(index, bytes.Length)];
        }
    }

    private static int Position(object? index, int count) => index switch
    {
        long at when at >= 0 && at < count => (int)at,
        long at => throw new TemplateException($"index out of range: {at}"),
        null or RegoNull => throw new TemplateException("cannot index slice/array with nil"),
        _ => throw new TemplateException($"cannot index slice/array with type {TemplateText.TypeName(index)}"),
    };

    private static RegoValue Slice(object?[] a)
    {
        var bytes = TemplateText.AsString(a[0]) is { } text ? Encoding.UTF8.GetBytes(text) : null;
        if (bytes is null && a[0] is not RegoArray)
        {
            throw new TemplateException(a[0] is null or RegoNull ? "slice of untyped nil" : $"can't slice item of type {TemplateText.TypeName(a[0])}");
        }

        if (bytes is not null && a.Length == 4)
        {
            throw new TemplateException("cannot 3-index slice a string");
        }

        var count = bytes?.Length ?? ((RegoArray)a[0]!).Count;
        var start = a.Length > 1 ? Position(a[1], count + 1) : 0;
        var end = a.Length > 2 ? Position(a[2], count + 1) : count;
        _ = a.Length > 3 ? Position(a[3], count + 1) : 0;
        return start > end ? throw new TemplateException($"invalid slice index: {start} > {end}")
            : bytes is not null ? RegoValue.Of(Encoding.UTF8.GetString(bytes, start, end - start))
            : RegoArray.Create(((RegoArray)a[0]!).Items.Skip(start).Take(end - start));
    }

    private static RegoString Printf(BuiltinContext context, object?[] a)
    {
        var format = TemplateText.AsString(a[0]) ?? throw new TemplateException($"wrong type for value; expected string; got {TemplateText.TypeName(a[0])}");
        return Sprintf.Format(context, format, RegoArray.Create(a.Skip(1).Select(v => Operand(context, v))), ofGo: true);
    }

    private static RegoValue Operand(BuiltinContext context, object? value) => value switch
    {
        long whole => RegoValue.Of(whole),
        double real => RegoNumber.TryParse(Point(real.ToString("R", CultureInfo.InvariantCulture)), out var number) ? number : RegoValue.Of(GoFloat.Format(real, 'g', -1)),
        RegoBoolean flag => flag,
        _ => RegoValue.Of(TemplateText.Sprint(context, [value])),
    };

    /// <summary>Without a point the formats would take it for an integer.</summary>
    private static string Point(string number) => number.AsSpan().ContainsAny('.', 'E') ? number : number + ".0";

    private static string Html(string text) => text.Replace("\0", "\uFFFD", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("\"", "&#34;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Js(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '\\' => "\\\\",
                '\'' => "\\'",
                '"' => "\\\"",
                '<' or '>' or '&' or '=' or < ' ' => $"\\u{rune.Value:X4}",
                < 0x80 => rune.ToString(),
                _ => IsPrintable(rune) ? rune.ToString() : $"\\u{rune.Value:X4}",
            });
        }

        return escaped.ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
