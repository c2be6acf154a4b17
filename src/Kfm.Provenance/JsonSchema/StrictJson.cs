using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>Strict reading of JSON texts: no comments, no trailing commas, no duplicate member names.</summary>
internal static class StrictJson
{
    public static JsonDocument Parse(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        try
        {
            return JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(FirstSentence(e.Message), Offset(utf8, e), "");
        }
        catch (InvalidOperationException)
        {
            throw new JsonFormatException("A member name has a lone surrogate, which is not Unicode.", 0, "");
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        end = end < 0 ? message.IndexOf(" LineNumber:", StringComparison.Ordinal) : end;
        return end < 0 ? message : message[..end];
    }

    private static long Offset(ReadOnlySpan<byte> utf8, JsonException e)
    {
        var lines = e.LineNumber ?? 0;
        var start = 0;
        for (long line = 0; line < lines; line++)
        {
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        }

        return start + (e.BytePositionInLine ?? 0);
    }
}
