using System.Globalization;
using System.Text.Json;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Ledger.Entries;

/// <summary>Reads entries: only the canonical form, only known members.</summary>
internal static class LedgerEntryReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    internal static LedgerEntry Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > LedgerEntry.MaxBytes)
        {
            throw new LedgerEntryFormatException($"An entry has at most {LedgerEntry.MaxBytes} bytes.", "");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            var entry = ReadEntry(document.RootElement);
            return CanonicalJson.Canonicalize(bytes.Span).AsSpan().SequenceEqual(bytes.Span)
                ? entry
                : throw new LedgerEntryFormatException("The entry is not in canonical form (RFC 8785).", "");
        }
        catch (Exception e) when (e is JsonException or JsonFormatException or InvalidOperationException)
        {
            throw new LedgerEntryFormatException("The entry is not JSON of Unicode text: " + e.Message, "", e);
        }
    }

    private static LedgerEntry ReadEntry(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new LedgerEntryFormatException("An entry is an object.", "");
        }

        foreach (var member in root.EnumerateObject())
        {
            if (member.Name is not ("formatVersion" or "kind" or "traceId" or "repository" or "subject" or "links" or "time" or "attributes" or "key"))
            {
                throw new LedgerEntryFormatException("The entry has a member that format version 1 does not know.", "/" + member.Name);
            }
        }

        if (Member(root, "formatVersion", JsonValueKind.Number).GetRawText() != "1")
        {
            throw new LedgerEntryFormatException("Format version 1 is supported.", "/formatVersion");
        }

        return new LedgerEntry
        {
            Kind = ReadKind(Text(root, "kind")),
            TraceId = ReadTraceId(root),
            Repository = NotEmpty(Text(root, "repository"), "/repository"),
            Subject = ReadDigest(Text(root, "subject"), "/subject"),
            Links = ReadLinks(Member(root, "links", JsonValueKind.Array)),
            Time = ReadTime(Text(root, "time")),
            Attributes = ReadAttributes(Member(root, "attributes", JsonValueKind.Object)),
            Key = root.TryGetProperty("key", out _) ? ReadKey(Text(root, "key")) : null,
        };
    }

    internal static LedgerEntryKind ReadKind(string name)
    {
        foreach (var kind in Enum.GetValues<LedgerEntryKind>())
        {
            if (string.Equals(LedgerEntryWriter.NameOf(kind), name, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        throw new LedgerEntryFormatException("The kind is not known.", "/kind");
    }

    private static Guid? ReadTraceId(JsonElement root)
    {
        if (root.TryGetProperty("traceId", out var value) && value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = Text(root, "traceId");
        return Guid.TryParseExact(text, "D", out var id) && string.Equals(id.ToString("D"), text, StringComparison.Ordinal)
            ? id
            : throw new LedgerEntryFormatException("The trace id is not a UUID in lower case.", "/traceId");
    }

    private static DateTimeOffset ReadTime(string text) =>
        DateTimeOffset.TryParseExact(
            text, LedgerEntryWriter.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new LedgerEntryFormatException("The time is not written 2026-01-31T23:59:59.999Z.", "/time");

    private static List<LedgerLink> ReadLinks(JsonElement links)
    {
        if (links.GetArrayLength() > LedgerEntryWriter.MaxLinks)
        {
            throw new LedgerEntryFormatException($"An entry has at most {LedgerEntryWriter.MaxLinks} links.", "/links");
        }

        var result = new List<LedgerLink>();
        foreach (var link in links.EnumerateArray())
        {
            var pointer = "/links/" + result.Count.ToString(CultureInfo.InvariantCulture);
            if (link.ValueKind != JsonValueKind.Object || link.GetPropertyCount() != 2)
            {
                throw new LedgerEntryFormatException("A link is an object of role and digest.", pointer);
            }

            result.Add(new LedgerLink(
                NotEmpty(Text(link, "role", pointer), pointer + "/role"), ReadDigest(Text(link, "digest", pointer), pointer + "/digest")));
        }

        return result;
    }

    private static Dictionary<string, string> ReadAttributes(JsonElement attributes)
    {
        if (attributes.GetPropertyCount() > LedgerEntryWriter.MaxAttributes)
        {
            throw new LedgerEntryFormatException($"An entry has at most {LedgerEntryWriter.MaxAttributes} attributes.", "/attributes");
        }

        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes.EnumerateObject())
        {
            var pointer = "/attributes/" + attribute.Name;
            result.Add(NotEmpty(attribute.Name, pointer), attribute.Value.ValueKind == JsonValueKind.String
                ? attribute.Value.GetString()!
                : throw new LedgerEntryFormatException("An attribute is a string.", pointer));
        }

        return result;
    }

    private static string ReadKey(string key) => key.Length is > 0 and <= LedgerEntryWriter.MaxKeyChars
        ? key
        : throw new LedgerEntryFormatException($"A key has 1 to {LedgerEntryWriter.MaxKeyChars} characters.", "/key");

    private static Digest ReadDigest(string text, string pointer) =>
        text.StartsWith("sha256:", StringComparison.Ordinal) && Digest.TryParse(text, out var digest)
            ? digest
            : throw new LedgerEntryFormatException("The text is not sha256: and 64 lower-case hexadecimal digits.", pointer);

    private static string NotEmpty(string text, string pointer) =>
        text.Length > 0 ? text : throw new LedgerEntryFormatException("The text is empty.", pointer);

    private static string Text(JsonElement parent, string name, string pointer = "") =>
        Member(parent, name, JsonValueKind.String, pointer).GetString()!;

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string pointer = "") =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw new LedgerEntryFormatException($"{name} is missing, or is not a JSON {kind}.", pointer + "/" + name);
}
