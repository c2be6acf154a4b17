using System.Globalization;
using System.Text.Json;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Ledger.Entries;

/// <summary>Reads entries: only the canonical form, only known members.</summary>
internal static class LedgerEntryReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private static readonly Dictionary<string, LedgerEntryKind> Kinds =
        Enum.GetValues<LedgerEntryKind>().ToDictionary(LedgerEntryWriter.NameOf, StringComparer.Ordinal);

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
            if (member.Name is not ("formatVersion" or "kind" or "traceId" or "repository" or "subject" or "links" or "time" or "attributes" or "key" or "sealed"))
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
            Sealed = root.TryGetProperty("sealed", out _) ? ReadSealed(Member(root, "sealed", JsonValueKind.Object)) : LedgerEntry.NoSealedFields,
        };
    }

    internal static LedgerEntryKind ReadKind(string name) =>
        TryReadKind(name, out var kind) ? kind : throw new LedgerEntryFormatException("The kind is not known.", "/kind");

    internal static bool TryReadKind(string name, out LedgerEntryKind kind) => Kinds.TryGetValue(name, out kind);

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

    private static Dictionary<string, SealedField> ReadSealed(JsonElement fields)
    {
        // An entry without sealed fields has no such member, so that each entry has one form.
        if (fields.GetPropertyCount() is 0 or > LedgerEntryWriter.MaxAttributes)
        {
            throw new LedgerEntryFormatException($"An entry has at most {LedgerEntryWriter.MaxAttributes} sealed fields, and none is written by leaving the member out.", "/sealed");
        }

        var result = new Dictionary<string, SealedField>(StringComparer.Ordinal);
        foreach (var field in fields.EnumerateObject())
        {
            var pointer = "/sealed/" + field.Name;
            if (field.Value.ValueKind != JsonValueKind.Object || field.Value.GetPropertyCount() != 2)
            {
                throw new LedgerEntryFormatException("A sealed field is an object of subject and box.", pointer);
            }

            result.Add(NotEmpty(field.Name, pointer), new SealedField(
                ReadDigest(Text(field.Value, "subject", pointer), pointer + "/subject"), ReadBox(Text(field.Value, "box", pointer), pointer + "/box")));
        }

        return result;
    }

    private static byte[] ReadBox(string text, string pointer)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= SealedField.MinBytes
            && string.Equals(Convert.ToBase64String(bytes.AsSpan(0, length)), text, StringComparison.Ordinal)
            ? bytes[..length]
            : throw new LedgerEntryFormatException($"A box is canonical base64 of at least {SealedField.MinBytes} bytes.", pointer);
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
