using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>Computes the hashes of leaves, many at once.</summary>
internal static class LeafHashing
{
    /// <summary>Hashes the leaves that have no hash yet.</summary>
    internal static void Hash(IReadOnlyList<AppendGroup> groups)
    {
        foreach (var group in groups)
        {
            Hash(group.Leaves);
        }
    }

    /// <summary>Hashes the leaves that have no hash yet.</summary>
    internal static void Hash(IReadOnlyList<LogLeaf> leaves)
    {
        foreach (var leaf in leaves)
        {
            if (!leaf.IsHashed)
            {
                leaf.Hash = MerkleHash.Leaf(leaf.Bytes.Span);
                leaf.IsHashed = true;
            }
        }
    }
}
