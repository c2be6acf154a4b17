using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Decisions;

/// <summary>JSON files that are RFC 8785 text and one newline, and that meet a published schema.</summary>
internal static class CanonicalFile
{
    /// <summary>A larger file is refused before it is read.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    public static byte[] Write(JsonObject root) => [.. CanonicalJson.Canonicalize(root), (byte)'\n'];

    public static JsonElement Read(ReadOnlySpan<byte> utf8, CompiledSchema schema, Func<string, string, KfmException> error)
    {
        if (utf8.Length is 0 or > MaxBytes)
        {
            throw error(utf8.Length == 0 ? "the file is empty" : $"the file is larger than {MaxBytes} bytes", "");
        }

        var element = Parse(utf8, error);
        var result = schema.Validate(element);
        return result.IsValid ? element : throw error(result.Errors[^1].Message, result.Errors[^1].InstancePointer);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> utf8, Func<string, string, KfmException> error)
    {
        try
        {
            var text = utf8[^1] == '\n' ? utf8[..^1] : throw error("the file does not end in one newline", "");
            if (!CanonicalJson.Canonicalize(text).AsSpan().SequenceEqual(text))
            {
                throw error("the text is not in canonical form (RFC 8785); write it again with Kfm", "");
            }

            using var document = JsonDocument.Parse(text.ToArray(), new JsonDocumentOptions { MaxDepth = 256 });
            return document.RootElement.Clone();
        }
        catch (JsonFormatException e)
        {
            throw error(e.Message, e.Pointer);
        }
        catch (JsonException e)
        {
            throw error(e.Message, "");
        }
    }

    public static string[] Texts(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string? OptionalText(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonArray ToArray(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
