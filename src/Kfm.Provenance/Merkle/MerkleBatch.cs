using System.Buffers;
using System.Numerics;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Merkle;

/// <summary>Hashes many leaves or nodes of a Merkle tree (RFC 6962, 2.1) at once, in vector lanes.</summary>
/// <remarks>The bits are those of <see cref="MerkleHash.Leaf"/> and <see cref="MerkleHash.Node"/>. Safe for use by several threads.</remarks>
public static class MerkleBatch
{
    /// <summary>Hashes leaves.</summary>
    /// <param name="entries">The entries one after the other.</param>
    /// <param name="ends">For each entry the offset after its last byte.</param>
    /// <param name="hashes">Takes 32 bytes for each entry; must not overlap <paramref name="entries"/>.</param>
    /// <exception cref="ArgumentException">The ends descend or leave the entries, or the hashes are too short or overlap.</exception>
    public static void HashLeaves(ReadOnlySpan<byte> entries, ReadOnlySpan<int> ends, Span<byte> hashes) =>
        Sha256Batch.Hash([0], entries, ends, hashes);

    /// <summary>The root of a perfect tree.</summary>
    /// <param name="hashes">The hashes of its leaves or nodes, 32 bytes each; their number is a power of two.</param>
    /// <exception cref="ArgumentException">The number of hashes is not a power of two.</exception>
    public static MerkleHash Fold(ReadOnlySpan<byte> hashes)
    {
        var count = hashes.Length / MerkleHash.Size;
        if (hashes.Length % MerkleHash.Size != 0 || !BitOperations.IsPow2(count))
        {
            throw new ArgumentException("A perfect tree has a power of two of hashes.", nameof(hashes));
        }

        if (count == 1)
        {
            return MerkleHash.FromBytes(hashes);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(hashes.Length);
        var half = hashes.Length / 2;
        var from = buffer.AsSpan(0, half);
        var to = buffer.AsSpan(half, half);
        Sha256Batch.Hash([1], hashes, 2 * MerkleHash.Size, from);
        for (var length = half; length > MerkleHash.Size; length /= 2)
        {
            Sha256Batch.Hash([1], from[..length], 2 * MerkleHash.Size, to);
            var next = from;
            from = to;
            to = next;
        }

        var root = MerkleHash.FromBytes(from[..MerkleHash.Size]);
        ArrayPool<byte>.Shared.Return(buffer);
        return root;
    }
}
