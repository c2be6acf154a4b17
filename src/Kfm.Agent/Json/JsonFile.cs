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
            return JsonSerializer.Deserialize(CanonicalJson.Canonicalize(utf8), contract) ?? throw error("an object is expected", "");
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

    /// <summary>The JSON pointer for a path such as <c>$.recordings[0].response</c>.</summary>
    private static string Pointer(string? path) =>
        (path ?? "$")[1..].Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
}
