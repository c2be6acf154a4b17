using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Ledger.Entries;

/// <summary>Writes entries in canonical JSON.</summary>
internal static class LedgerEntryWriter
{
    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    internal const int MaxKeyChars = 1024;
    internal const int MaxLinks = 256;
    internal const int MaxAttributes = 256;

    internal static byte[] Write(LedgerEntry entry)
    {
        Check(entry);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            WriteObject(writer, entry);
        }

        var bytes = CanonicalJson.Canonicalize(output.WrittenSpan);
        return bytes.Length <= LedgerEntry.MaxBytes
            ? bytes
            : throw new ArgumentException($"The entry has {bytes.Length} bytes; {LedgerEntry.MaxBytes} fit. Log the digest of what is large.", nameof(entry));
    }

    private static void WriteObject(Utf8JsonWriter writer, LedgerEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("formatVersion", entry.FormatVersion);
        writer.WriteString("kind", NameOf(entry.Kind));
        writer.WriteString("traceId", entry.TraceId?.ToString("D"));
        writer.WriteString("repository", entry.Repository);
        writer.WriteString("subject", entry.Subject.ToString());
        writer.WriteStartArray("links");
        foreach (var link in entry.Links)
        {
            writer.WriteStartObject();
            writer.WriteString("role", link.Role);
            writer.WriteString("digest", link.Digest.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("time", entry.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        writer.WriteStartObject("attributes");
        foreach (var (name, value) in entry.Attributes)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        if (entry.Key is { } key)
        {
            writer.WriteString("key", key);
        }

        WriteSealed(writer, entry.Sealed);
        writer.WriteEndObject();
    }

    private static void WriteSealed(Utf8JsonWriter writer, IReadOnlyDictionary<string, SealedField> fields)
    {
        if (fields.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("sealed");
        foreach (var (name, field) in fields)
        {
            writer.WriteStartObject(name);
            writer.WriteString("subject", field.Subject.ToString());
            writer.WriteBase64String("box", field.Box.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    internal static string NameOf(LedgerEntryKind kind) => kind switch
    {
        LedgerEntryKind.Intent => "intent",
        LedgerEntryKind.Design => "design",
        LedgerEntryKind.Patch => "patch",
        LedgerEntryKind.Build => "build",
        LedgerEntryKind.Qa => "qa",
        LedgerEntryKind.Decision => "decision",
        LedgerEntryKind.Seal => "seal",
        LedgerEntryKind.Approval => "approval",
        LedgerEntryKind.Override => "override",
        LedgerEntryKind.Halt => "halt",
        LedgerEntryKind.Resume => "resume",
        LedgerEntryKind.Deployment => "deployment",
        LedgerEntryKind.Rollback => "rollback",
        LedgerEntryKind.Incident => "incident",
        LedgerEntryKind.Hold => "hold",
        LedgerEntryKind.Release => "release",
        LedgerEntryKind.Disposition => "disposition",
        LedgerEntryKind.Erasure => "erasure",
        _ => throw new ArgumentException("The kind of the entry is not one of the enumeration.", nameof(kind)),
    };

    private static void Check(LedgerEntry entry)
    {
        if (entry.Repository.Length == 0 || entry.Links.Any(l => l.Role.Length == 0) || entry.Attributes.Keys.Any(k => k.Length == 0))
        {
            throw new ArgumentException("The repository, the roles of links and the names of attributes are not empty.", nameof(entry));
        }

        if (entry.Links.Count > MaxLinks || entry.Attributes.Count > MaxAttributes)
        {
            throw new ArgumentException($"An entry has at most {MaxLinks} links and {MaxAttributes} attributes.", nameof(entry));
        }

        if (entry.Sealed.Count > MaxAttributes || entry.Sealed.Any(f => f.Key.Length == 0 || f.Value.Box.Length < SealedField.MinBytes))
        {
            throw new ArgumentException($"An entry has at most {MaxAttributes} sealed fields, each with a name and a box of at least {SealedField.MinBytes} bytes.", nameof(entry));
        }

        if (entry.Key is { Length: 0 or > MaxKeyChars })
        {
            throw new ArgumentException($"The key of an entry has 1 to {MaxKeyChars} characters.", nameof(entry));
        }

        // The JSON writer would replace half a surrogate pair, so that the leaf said something else than the entry.
        var texts = entry.Attributes.SelectMany(a => new[] { a.Key, a.Value }).Concat(entry.Links.Select(l => l.Role)).Concat(entry.Sealed.Keys);
        if (!texts.Append(entry.Repository).Append(entry.Key ?? "").All(IsUnicode))
        {
            throw new ArgumentException("A text of the entry holds half of a surrogate pair.", nameof(entry));
        }
    }

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
