using System.Buffers;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>Computes the hashes of leaves, many at once in vector lanes.</summary>
internal static class LeafHashing
{
    private const int MaxAtOnce = 256;

    /// <summary>Hashes the leaves that have no hash yet.</summary>
    internal static void Hash(IReadOnlyList<AppendGroup> groups)
    {
        var waiting = new List<LogLeaf>(MaxAtOnce);
        foreach (var group in groups)
        {
            Collect(group.Leaves, waiting);
        }

        HashAll(waiting);
    }

    /// <summary>Hashes the leaves that have no hash yet.</summary>
    internal static void Hash(IReadOnlyList<LogLeaf> leaves)
    {
        var waiting = new List<LogLeaf>(Math.Min(leaves.Count, MaxAtOnce));
        Collect(leaves, waiting);
        HashAll(waiting);
    }

    private static void Collect(IReadOnlyList<LogLeaf> leaves, List<LogLeaf> waiting)
    {
        for (var i = 0; i < leaves.Count; i++)
        {
            if (!leaves[i].IsHashed)
            {
                waiting.Add(leaves[i]);
                if (waiting.Count == MaxAtOnce)
                {
                    HashAll(waiting);
                }
            }
        }
    }

    private static void HashAll(List<LogLeaf> leaves)
    {
        if (leaves.Count == 1)
        {
            Set(leaves[0], MerkleHash.Leaf(leaves[0].Bytes.Span));
        }
        else if (leaves.Count > 1)
        {
            HashTogether(leaves);
        }

        leaves.Clear();
    }

    private static void HashTogether(List<LogLeaf> leaves)
    {
        Span<int> ends = stackalloc int[leaves.Count];
        Span<byte> hashes = stackalloc byte[leaves.Count * MerkleHash.Size];
        var buffer = ArrayPool<byte>.Shared.Rent(leaves.Sum(l => l.Bytes.Length));
        var length = 0;
        for (var i = 0; i < leaves.Count; i++)
        {
            leaves[i].Bytes.Span.CopyTo(buffer.AsSpan(length));
            ends[i] = length += leaves[i].Bytes.Length;
        }

        MerkleBatch.HashLeaves(buffer.AsSpan(0, length), ends, hashes);
        ArrayPool<byte>.Shared.Return(buffer);
        for (var i = 0; i < leaves.Count; i++)
        {
            Set(leaves[i], MerkleHash.FromBytes(hashes.Slice(i * MerkleHash.Size, MerkleHash.Size)));
        }
    }

    private static void Set(LogLeaf leaf, MerkleHash hash)
    {
        leaf.Hash = hash;
        leaf.IsHashed = true;
    }
}
