using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>The size and the root of the committed tree.</summary>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">The root hash over them (RFC 6962, 2.1).</param>
public sealed record LogHead(long Size, MerkleHash Root)
{
    /// <summary>The head of a log without entries.</summary>
    public static LogHead Empty { get; } = new(0, MerkleHash.Empty);
}
