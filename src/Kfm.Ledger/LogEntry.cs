using Kfm.Ledger.Entries;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger;

/// <summary>An entry as it stands in the log.</summary>
/// <param name="Index">The zero-based index.</param>
/// <param name="Bytes">The bytes of the leaf.</param>
/// <param name="Entry">The same, typed.</param>
public sealed record LogEntry(long Index, ReadOnlyMemory<byte> Bytes, LedgerEntry Entry)
{
    /// <summary>The hash of the leaf (RFC 6962, 2.1).</summary>
    public MerkleHash LeafHash => MerkleHash.Leaf(Bytes.Span);
}
