using Kfm.Agent.Json;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.Intents;

/// <summary>intent.json, format version 1: an intent and what was made out of its words.</summary>
public static class IntentFile
{
    private const int Version = 1;

    /// <summary>Writes the file: canonical JSON (RFC 8785) and a newline.</summary>
    /// <param name="intent">The intent; its time is cut to whole milliseconds.</param>
    public static byte[] Write(StructuredIntent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var given = intent.Intent;
        var document = new IntentDocument(
            Version,
            given.Text,
            given.Origin,
            given.Issue,
            given.Author,
            EvidenceTime.Format(EvidenceTime.Truncate(given.Time)),
            Lower(intent.Kind),
            intent.Title,
            Lower(intent.Tier),
            intent.Components,
            [.. intent.Rules.Select(r => new IntentDocument.Rule(r.Id, Lower(r.Tier), r.Matched))]);
        return JsonFile.Write(document, AgentJson.Default.IntentDocument);
    }

    /// <summary>Reads the file.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="IntentFormatException">The bytes are not an intent of format version 1.</exception>
    public static StructuredIntent Parse(ReadOnlySpan<byte> utf8)
    {
        var document = JsonFile.Read(utf8, AgentJson.Default.IntentDocument, (message, pointer) => new IntentFormatException(message, pointer));
        if (document.FormatVersion != Version)
        {
            throw new IntentFormatException($"format version {document.FormatVersion} is not supported; this reads version {Version}", "/formatVersion");
        }

        if (!EvidenceTime.TryParse(document.Time, out var time))
        {
            throw new IntentFormatException("a time is expected: yyyy-MM-ddTHH:mm:ss.fffZ", "/time");
        }

        var intent = new Intent(document.Text, document.Origin, document.Issue, document.Author, time);
        return new StructuredIntent(intent, Word<IntentKind>(document.Kind, "/kind"), document.Title, Word<RiskTier>(document.Tier, "/tier"))
        {
            Components = document.Components,
            Rules = [.. document.Rules.Select((r, i) => new FiredRule(r.Id, Word<RiskTier>(r.Tier, $"/rules/{i}/tier"), r.Matched))],
        };
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Word<T>(string text, string pointer)
        where T : struct, Enum
    {
        var index = Array.FindIndex(Enum.GetValues<T>(), v => string.Equals(Lower(v), text, StringComparison.Ordinal));
        return index >= 0
            ? Enum.GetValues<T>()[index]
            : throw new IntentFormatException("one of " + string.Join(", ", Enum.GetValues<T>().Select(Lower)) + " is expected", pointer);
    }
}
