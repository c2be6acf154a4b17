using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego.Yaml;

/// <summary>Writes values in block style as Go's YAML writer does: keys in natural order, lists at the column of their key, lines folded behind column 80.</summary>
internal sealed class YamlWriter
{
    private const int Width = 80;
    private const int MaxDepth = 1_000;
    private const int MaxSimpleKey = 128;
    private readonly StringBuilder _text = new();
    private int _lineStart;

    /// <exception cref="YamlFormatException">The value is nested deeper than 1,000 levels.</exception>
    internal static string Write(RegoValue value)
    {
        var writer = new YamlWriter();
        writer.Node(value, 0, 0);
        return writer._text.ToString();
    }

    private int Column => _text.Length - _lineStart;

    private void Line(int indent)
    {
        _text.Append('\n');
        _lineStart = _text.Length;
        _text.Append(' ', indent);
    }

    private void End()
    {
        if (_text.Length == 0 || _text[^1] != '\n')
        {
            _text.Append('\n');
        }

        _lineStart = _text.Length;
    }

    private static IReadOnlyList<RegoValue>? Items(RegoValue value) => value switch
    {
        RegoArray array => array.Items,
        RegoSet set => set.Sorted,
        _ => null,
    };

    /// <summary>Writes a node that begins where the text ends; further lines of it begin at the indentation.</summary>
    private void Node(RegoValue value, int indent, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlFormatException($"exceeded max depth of {MaxDepth}", 0);
        }

        if (Items(value) is { Count: > 0 } items)
        {
            List(items, indent, depth);
        }
        else if (value is RegoObject { Members.Count: > 0 } map)
        {
            Map(map, indent, depth);
        }
        else
        {
            Scalar(value, indent, isKey: false);
            End();
        }
    }

    private void List(IReadOnlyList<RegoValue> items, int indent, int depth)
    {
        for (var i = 0; i < items.Count; i++)
        {
            _text.Append(' ', i == 0 ? 0 : indent).Append("- ");
            Node(items[i], indent + 2, depth + 1);
        }
    }

    private void Map(RegoObject map, int indent, int depth)
    {
        var members = map.Members.Select(static m => (Key: m.Key is RegoString text ? text.Text : JsonOutput.Write(m.Key), m.Value)).ToList();
        members.Sort(static (a, b) => YamlKeyOrder.Compare(a.Key, b.Key));
        for (var i = 0; i < members.Count; i++)
        {
            var (key, value) = members[i];
            _text.Append(' ', i == 0 ? 0 : indent);
            var simple = Encoding.UTF8.GetByteCount(key) <= MaxSimpleKey && !key.Contains('\n', StringComparison.Ordinal);
            if (simple)
            {
                Scalar(RegoValue.Of(key), indent, isKey: true);
            }
            else
            {
                _text.Append("? ");
                Scalar(RegoValue.Of(key), indent + 2, isKey: false);
                End();
                _text.Append(' ', indent);
            }

            _text.Append(':');
            Member(value, indent, depth, simple);
        }
    }

    private void Member(RegoValue value, int indent, int depth, bool simple)
    {
        var isList = Items(value) is { Count: > 0 };
        if (simple && (isList || value is RegoObject { Members.Count: > 0 }))
        {
            var inner = isList ? indent : indent + 2;
            Line(inner);
            Node(value, inner, depth + 1);
        }
        else
        {
            _text.Append(' ');
            Node(value, indent + 2, depth + 1);
        }
    }

    private void Scalar(RegoValue value, int indent, bool isKey)
    {
        switch (value)
        {
            case RegoString text:
                Text(text.Text, indent, isKey);
                break;
            case RegoNumber number:
                _text.Append(Number(number));
                break;
            case RegoObject:
                _text.Append("{}");
                break;
            case RegoArray or RegoSet:
                _text.Append("[]");
                break;
            default:
                _text.Append(value);
                break;
        }
    }

    /// <summary>Integers of 64 bits stay as they are; others are doubles.</summary>
    private static string Number(RegoNumber number)
    {
        var isText = long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            || ulong.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var real = isText ? 0 : number.ToDouble();
        return isText || !double.IsFinite(real) ? number.Text : Builtins.GoFloat.Format(real, Math.Abs(real) >= 1e6 ? 'e' : 'g', -1);
    }

    private void Text(string text, int indent, bool isKey)
    {
        switch (YamlScalarForm.Choose(text, isKey))
        {
            case YamlStyle.Plain:
                Folded(text, indent, isKey, "");
                break;
            case YamlStyle.SingleQuoted:
                Folded(text, indent, isKey, "'");
                break;
            case YamlStyle.Literal:
                Literal(text, indent);
                break;
            default:
                DoubleQuoted(text, indent, isKey);
                break;
        }
    }

    /// <summary>A single blank behind column 80 becomes the end of the line.</summary>
    private void Folded(string text, int indent, bool isKey, string quote)
    {
        _text.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var inside = i > 0 && i + 1 < text.Length && text[i - 1] != ' ' && text[i + 1] != ' ';
            if (text[i] == ' ' && inside && !isKey && Column > Width)
            {
                Line(Math.Max(indent, 2));
            }
            else
            {
                _text.Append(text[i] == '\'' && quote.Length > 0 ? "''" : text[i].ToString());
            }
        }

        _text.Append(quote);
    }

    private void Literal(string text, int indent)
    {
        var inner = Math.Max(indent, 2);
        _text.Append('|').Append(text[0] is ' ' or '\n' ? "2" : "");
        _text.Append(text[^1] != '\n' ? "-" : text.Length == 1 || text[^2] == '\n' ? "+" : "");
        foreach (var line in (text[^1] == '\n' ? text[..^1] : text).Split('\n'))
        {
            Line(line.Length == 0 ? 0 : inner);
            _text.Append(line);
        }

        // An empty last line is one that counts, so its end is written whatever stands before it.
        _text.Append('\n');
        _lineStart = _text.Length;
    }

    private void DoubleQuoted(string text, int indent, bool isKey)
    {
        _text.Append('"');
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var last = at + rune.Utf16SequenceLength >= text.Length;
            if (rune.Value == ' ' && !isKey && at > 0 && !last && Column > Width && text[at - 1] != ' ')
            {
                Line(Math.Max(indent, 2));
                _text.Append(text[at + 1] == ' ' ? "\\" : "");
            }
            else
            {
                _text.Append(Escape(rune));
            }

            at += rune.Utf16SequenceLength;
        }

        _text.Append('"');
    }

    private static string Escape(Rune rune) => rune.Value switch
    {
        0 => "\\0",
        0x07 => "\\a",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\v' => "\\v",
        '\f' => "\\f",
        '\r' => "\\r",
        0x1b => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        0x85 => "\\N",
        0xa0 => "\\_",
        0x2028 => "\\L",
        0x2029 => "\\P",
        <= 0xff when !YamlScalarForm.IsPrintable(rune) => $"\\x{rune.Value:X2}",
        <= 0xffff when !YamlScalarForm.IsPrintable(rune) => $"\\u{rune.Value:X4}",
        > 0xffff => $"\\U{rune.Value:X8}",
        _ => rune.ToString(),
    };
}
