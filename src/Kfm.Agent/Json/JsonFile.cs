using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kfm.Provenance;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Json;

/// <summary>Reads and writes the JSON files of this package: canonical (RFC 8785) with one newline at the end.</summary>
internal static class JsonFile
{
    private const int MaxBytes = 64 << 20;

    /// <summary>The canonical text of a document.</summary>
    public static byte[] Write<T>(T document, JsonTypeInfo<T> contract) => [.. CanonicalJson.Serialize(document, contract), (byte)'\n'];

    /// <summary>Reads a document; it need not be canonical.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="contract">How the document is read.</param>
    /// <param name="error">Makes the exception of the format from a message and a JSON pointer.</param>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> contract, Func<string, string, KfmException> error)
        where T : class
    {
        if (utf8.Length > MaxBytes)
        {
            throw error($"the file has more than {MaxBytes} bytes", "");
        }

        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            if (NullBelow(document.RootElement, "") is { } pointer)
            {
                throw error("null is not allowed here", pointer);
            }

            return document.Deserialize(contract) ?? throw error("an object is expected", "");
        }
        catch (JsonFormatException e)
        {
            throw error(e.Message, e.Pointer);
        }
        catch (JsonException e)
        {
            throw error(e.Message, Pointer(e.Path));
        }
    }

    /// <summary>The first null below the members of the root: a contract tells of members whether they may be null, and not of items.</summary>
    private static string? NullBelow(JsonElement value, string pointer)
    {
        var children = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Select((item, i) => (Name: i.ToString(CultureInfo.InvariantCulture), Value: item)),
            JsonValueKind.Object => value.EnumerateObject().Select(m => (Name: m.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal), m.Value)),
            _ => [],
        };
        return children
            .Select(c => c.Value.ValueKind == JsonValueKind.Null && pointer.Length > 0 ? $"{pointer}/{c.Name}" : NullBelow(c.Value, $"{pointer}/{c.Name}"))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>The JSON pointer for a path such as <c>$.recordings[0].response</c>.</summary>
    private static string Pointer(string? path) =>
        (path ?? "$")[1..].Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
}
