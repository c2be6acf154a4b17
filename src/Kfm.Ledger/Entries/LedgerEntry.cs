using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Entries;

/// <summary>What the ledger remembers. Its canonical JSON (RFC 8785) is a leaf of the tree.</summary>
public sealed record LedgerEntry
{
    /// <summary>The most bytes that the canonical form of an entry may have: what an entry bundle of C2SP tlog-tiles can hold.</summary>
    public const int MaxBytes = 65_535;

    /// <summary>The version of the format; 1.</summary>
    public int FormatVersion { get; } = 1;

    /// <summary>What the entry records.</summary>
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>The trace that the entry belongs to; null for an entry about no single run, such as a halt.</summary>
    public Guid? TraceId { get; init; }

    /// <summary>The URI of the repository, without credentials; not empty.</summary>
    public required string Repository { get; init; }

    /// <summary>The SHA-256 of the thing that the entry is about.</summary>
    public required Digest Subject { get; init; }

    /// <summary>What else the entry refers to, in the writer's order; at most 256.</summary>
    public IReadOnlyList<LedgerLink> Links { get; init; } = [];

    /// <summary>When it happened; written in UTC with milliseconds, what is finer is cut off.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Further facts by name; at most 256.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The idempotency key: a second entry with the same key is the same entry or an error. Null when the bytes of the entry are its key.
    /// It is part of the leaf. At most 1,024 characters.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// Personal facts by name, readable only while the key of the person they are about is kept; at most 256. The leaf holds the
    /// ciphertext, so that its hash stays when the key is destroyed. Empty fields are left out of the leaf.
    /// </summary>
    public IReadOnlyDictionary<string, SealedField> Sealed { get; init; } = NoSealedFields;

    internal static IReadOnlyDictionary<string, SealedField> NoSealedFields { get; } = new Dictionary<string, SealedField>(StringComparer.Ordinal);

    /// <summary>The canonical bytes: the leaf.</summary>
    /// <exception cref="ArgumentException">A text is empty or not Unicode, or the entry is beyond a limit.</exception>
    public byte[] ToBytes() => LedgerEntryWriter.Write(this);

    /// <summary>Reads an entry.</summary>
    /// <param name="bytes">Canonical JSON, at most 65,535 bytes.</param>
    /// <exception cref="LedgerEntryFormatException">The bytes are not an entry in canonical form.</exception>
    public static LedgerEntry Parse(ReadOnlyMemory<byte> bytes) => LedgerEntryReader.Read(bytes);
}
