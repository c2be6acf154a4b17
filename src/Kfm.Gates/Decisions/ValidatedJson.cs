using System.Globalization;
using System.Text.Json;
using Kfm.Provenance;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Decisions;

/// <summary>JSON files that people write and that meet a published schema.</summary>
internal static class ValidatedJson
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd"];

    public static JsonElement Read(ReadOnlySpan<byte> utf8, CompiledSchema schema, Func<string, string, KfmException> error)
    {
        if (utf8.Length is 0 or > MaxBytes)
        {
            throw error(utf8.Length == 0 ? "the file is empty" : $"the file is larger than {MaxBytes} bytes", "");
        }

        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            var result = schema.Validate(document.RootElement);
            return result.IsValid ? document.RootElement.Clone() : throw error(result.Errors[^1].Message, result.Errors[^1].InstancePointer);
        }
        catch (JsonFormatException e)
        {
            throw error(e.Message, e.Pointer);
        }
    }

    /// <summary>Reads a day or a time of RFC 3339; a day begins at midnight UTC.</summary>
    public static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
