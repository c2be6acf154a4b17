using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Kfm.Provenance.Tests.Json;

/// <summary>RFC 8785 in the plainest way, on the platform's parser: what the fast reader must agree with.</summary>
internal static class ReferenceCanonicalJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <summary>The canonical form; null when the text is not I-JSON.</summary>
    public static string? Canonicalize(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8) || utf8.AsSpan().StartsWith("\uFEFF"u8))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            var text = new StringBuilder();
            return Write(document.RootElement, text) ? text.ToString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>ECMA-262 Number::toString of a finite number.</summary>
    public static string Number(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var text = Enumerable.Range(0, 17).Select(places => value.ToString($"E{places}", CultureInfo.InvariantCulture))
            .First(t => double.Parse(t, CultureInfo.InvariantCulture) == value);
        var shortest = text.Split('E')[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var n = int.Parse(text.Split('E')[1], CultureInfo.InvariantCulture) + 1;
        var k = shortest.Length;
        var unsigned = n switch
        {
            _ when k <= n && n <= 21 => shortest + new string('0', n - k),
            > 0 and <= 21 => shortest[..n] + "." + shortest[n..],
            > -6 and <= 0 => "0." + new string('0', -n) + shortest,
            _ => shortest[..1] + (k > 1 ? "." + shortest[1..] : "") + (n > 0 ? "e+" : "e-") + Math.Abs(n - 1).ToString(CultureInfo.InvariantCulture),
        };
        return value < 0 ? "-" + unsigned : unsigned;
    }

    private static bool Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteAll(value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal), '{', m =>
                {
                    WriteText(m.Name, text);
                    text.Append(':');
                    return Write(m.Value, text);
                }, '}', text);
            case JsonValueKind.Array:
                return WriteAll(value.EnumerateArray(), '[', item => Write(item, text), ']', text);
            case JsonValueKind.String:
                WriteText(value.GetString()!, text);
                return true;
            case JsonValueKind.Number:
                var number = double.Parse(value.GetRawText(), CultureInfo.InvariantCulture);
                text.Append(double.IsFinite(number) ? Number(number) : "");
                return double.IsFinite(number);
            default:
                text.Append(value.GetRawText());
                return true;
        }
    }

    private static bool WriteAll<T>(IEnumerable<T> items, char open, Func<T, bool> write, char close, StringBuilder text)
    {
        text.Append(open);
        var good = true;
        foreach (var item in items)
        {
            good &= write(item);
            text.Append(',');
        }

        text.Length -= text[^1] == ',' ? 1 : 0;
        text.Append(close);
        return good;
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        text.Append('"');
    }
}
