using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>The size and the root of the tree as the store has them.</summary>
internal sealed record LogHead(long Size, MerkleHash Root)
{
    internal static LogHead Empty { get; } = new(0, MerkleHash.Empty);
}
