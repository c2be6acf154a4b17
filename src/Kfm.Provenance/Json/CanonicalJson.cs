using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Json;

/// <summary>RFC 8785, the JSON Canonicalization Scheme.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical form of a JSON text.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8)
    {
        var output = new ArrayBufferWriter<byte>(utf8.Length);
        Canonicalize(utf8, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes the canonical form of a JSON text.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <param name="output">Takes the canonical bytes.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public static void Canonicalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            var text = new StringBuilder();
            Write(document.RootElement, text);
            output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(e.Message, e.BytePositionInLine ?? 0, "");
        }
    }

    /// <summary>The SHA-256 digest of the canonical form.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public static Digest Hash(ReadOnlySpan<byte> utf8) => Digest.Of(Canonicalize(utf8));

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var comma = "";
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    text.Append(comma);
                    Quote(member.Name, text);
                    text.Append(':');
                    Write(member.Value, text);
                    comma = ",";
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var separator = "";
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(separator);
                    Write(item, text);
                    separator = ",";
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Quote(value.GetString()!, text);
                break;
            case JsonValueKind.Number:
                text.Append(value.GetDouble().ToString("R", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
