using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>Writes values as JSON in the form of Go's encoder: sorted keys, and &lt;, &gt;, &amp;, U+2028, U+2029 escaped.</summary>
internal static class JsonOutput
{
    internal static string Write(RegoValue value, string? indent = null, string prefix = "")
    {
        var text = new StringBuilder();
        Write(value, text, indent, prefix);
        return text.ToString();
    }

    internal static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static void Write(RegoValue value, StringBuilder text, string? indent, string prefix)
    {
        switch (value)
        {
            case RegoString s:
                Quote(s.Text, text);
                break;
            case RegoArray array:
                WriteItems(array.Items, text, indent, prefix);
                break;
            case RegoSet set:
                WriteItems(set.Sorted, text, indent, prefix);
                break;
            case RegoObject obj:
                WriteMembers(obj, text, indent, prefix);
                break;
            default:
                value.Print(text);
                break;
        }
    }

    private static void WriteItems(IReadOnlyList<RegoValue> items, StringBuilder text, string? indent, string prefix)
    {
        text.Append('[');
        var inner = prefix + indent;
        for (var i = 0; i < items.Count; i++)
        {
            Break(text, i > 0, indent, inner);
            Write(items[i], text, indent, inner);
        }

        Close(text, items.Count, indent, prefix);
        text.Append(']');
    }

    private static void WriteMembers(RegoObject obj, StringBuilder text, string? indent, string prefix)
    {
        text.Append('{');
        var inner = prefix + indent;
        var sorted = obj.Sorted;
        if (Array.TrueForAll(sorted, static m => m.Key is RegoString))
        {
            for (var i = 0; i < sorted.Length; i++)
            {
                WriteMember(i, ((RegoString)sorted[i].Key).Text, sorted[i].Value, text, indent, inner);
            }
        }
        else
        {
            var members = sorted.Select(m => (Key: m.Key is RegoString s ? s.Text : Write(m.Key), m.Value)).ToList();
            members.Sort(static (l, r) => RegoString.CompareText(l.Key, r.Key));
            for (var i = 0; i < members.Count; i++)
            {
                WriteMember(i, members[i].Key, members[i].Value, text, indent, inner);
            }
        }

        Close(text, sorted.Length, indent, prefix);
        text.Append('}');
    }

    private static void WriteMember(int index, string key, RegoValue value, StringBuilder text, string? indent, string inner)
    {
        Break(text, index > 0, indent, inner);
        Quote(key, text);
        text.Append(indent is null ? ":" : ": ");
        Write(value, text, indent, inner);
    }

    private static void Break(StringBuilder text, bool comma, string? indent, string prefix)
    {
        text.Append(comma ? "," : "");
        if (indent is not null)
        {
            text.Append('\n').Append(prefix);
        }
    }

    private static void Close(StringBuilder text, int count, string? indent, string prefix)
    {
        if (indent is not null && count > 0)
        {
            text.Append('\n').Append(prefix);
        }
    }
}
