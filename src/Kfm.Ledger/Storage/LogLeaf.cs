using Kfm.Ledger.Entries;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>A leaf on its way into the log.</summary>
public sealed class LogLeaf
{
    private readonly MerkleHash? _key;

    /// <summary>Creates a leaf of bytes. Its hash is its idempotency key.</summary>
    /// <param name="bytes">At most 65,535 bytes, what an entry bundle of C2SP tlog-tiles can hold; they must not change any more.</param>
    /// <exception cref="ArgumentException">The leaf is too long.</exception>
    public LogLeaf(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes.Length <= LedgerEntry.MaxBytes
            ? bytes
            : throw new ArgumentException($"A leaf has at most {LedgerEntry.MaxBytes} bytes; log the digest of what is larger.", nameof(bytes));
    }

    /// <summary>Creates the leaf of a typed entry. Its idempotency key is the entry's, or the hash of the leaf.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The entry cannot be written as a leaf.</exception>
    public LogLeaf(LedgerEntry entry)
        : this(NotNull(entry).ToBytes())
    {
        Entry = entry;
        _key = entry.Key is { } key ? EntryIndex.KeyOf(key) : null;
    }

    /// <summary>Creates a leaf whose idempotency key is known, in a process that only passes it on.</summary>
    internal LogLeaf(ReadOnlyMemory<byte> bytes, MerkleHash key)
        : this(bytes) => _key = key;

    /// <summary>The bytes of the leaf.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The typed entry; null for a leaf of bytes.</summary>
    public LedgerEntry? Entry { get; }

    /// <summary>The hash of the leaf (RFC 6962, 2.1). Whoever takes a batch sets it for all leaves at once, which is faster (<see cref="LeafHashing"/>).</summary>
    public MerkleHash Hash { get; internal set; }

    /// <summary>The idempotency key: 32 bytes, the SHA-256 of the caller's key, or the hash of the leaf. Valid once <see cref="Hash"/> is.</summary>
    public MerkleHash Key => _key ?? Hash;

    /// <summary>Whether <see cref="Hash"/> is set.</summary>
    internal bool IsHashed { get; set; }

    private static LedgerEntry NotNull(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry;
    }
}
