using System.Numerics;

namespace Kfm.Provenance.Merkle;

/// <summary>Verifies proofs of RFC 6962, 2.1.1 and 2.1.2, by the algorithms of RFC 9162, 2.1.3.2 and 2.1.4.2.</summary>
/// <remarks>Nothing here throws on a wrong proof; a proof of another length than the sizes demand is wrong.</remarks>
public static class MerkleProof
{
    /// <summary>Whether the proof shows that a leaf stands at an index of a tree.</summary>
    /// <param name="index">The zero-based index of the leaf.</param>
    /// <param name="size">The number of leaves of the tree.</param>
    /// <param name="leaf">The hash of the leaf.</param>
    /// <param name="proof">The sibling hashes from the leaf up.</param>
    /// <param name="root">The root hash of the tree.</param>
    public static bool VerifyInclusion(ulong index, ulong size, MerkleHash leaf, IReadOnlyList<MerkleHash> proof, MerkleHash root) =>
        RootFromInclusion(index, size, leaf, proof) == root;

    /// <summary>The root that an inclusion proof leads to.</summary>
    /// <param name="index">The zero-based index of the leaf.</param>
    /// <param name="size">The number of leaves of the tree.</param>
    /// <param name="leaf">The hash of the leaf.</param>
    /// <param name="proof">The sibling hashes from the leaf up.</param>
    /// <returns>The root, or null when the index is not below the size or the proof has the wrong length.</returns>
    public static MerkleHash? RootFromInclusion(ulong index, ulong size, MerkleHash leaf, IReadOnlyList<MerkleHash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index >= size)
        {
            return null;
        }

        // Below the level where the paths of this leaf and of the last leaf meet, every level has a sibling; above it only those
        // levels have one where the path goes right.
        var inner = BitLength(index ^ (size - 1));
        var border = BitOperations.PopCount(ShiftRight(index, inner));
        if (proof.Count != inner + border)
        {
            return null;
        }

        var node = FoldInner(index, leaf, proof, 0, inner);
        return FoldBorder(node, proof, inner);
    }

    /// <summary>Whether the proof shows that a tree is a prefix of a larger or equal one.</summary>
    /// <param name="size1">The number of leaves of the older tree; 0 never verifies, since it would prove nothing.</param>
    /// <param name="size2">The number of leaves of the newer tree.</param>
    /// <param name="proof">The hashes of RFC 6962, 2.1.2; empty when both sizes are equal.</param>
    /// <param name="root1">The root hash of the older tree.</param>
    /// <param name="root2">The root hash of the newer tree.</param>
    public static bool VerifyConsistency(ulong size1, ulong size2, IReadOnlyList<MerkleHash> proof, MerkleHash root1, MerkleHash root2)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (size1 == 0 || size1 > size2)
        {
            return false;
        }

        if (size1 == size2)
        {
            return proof.Count == 0 && root1 == root2;
        }

        // The largest perfect subtree at the right end of the older tree is the first hash, or the whole older tree.
        var shift = BitOperations.TrailingZeroCount(size1);
        var seedIsRoot = size1 == 1UL << shift;
        var start = seedIsRoot ? 0 : 1;
        var inner = BitLength((size1 - 1) ^ (size2 - 1)) - shift;
        var border = BitOperations.PopCount(ShiftRight(size1 - 1, inner + shift));
        if (proof.Count != start + inner + border)
        {
            return false;
        }

        var seed = seedIsRoot ? root1 : proof[0];
        var mask = ShiftRight(size1 - 1, shift);
        var older = FoldBorder(FoldInnerRight(mask, seed, proof, start, inner), proof, start + inner);
        var newer = FoldBorder(FoldInner(mask, seed, proof, start, inner), proof, start + inner);
        return older == root1 && newer == root2;
    }

    private static MerkleHash FoldInner(ulong index, MerkleHash seed, IReadOnlyList<MerkleHash> proof, int start, int count)
    {
        var node = seed;
        for (var i = 0; i < count; i++)
        {
            node = ((index >> i) & 1) == 0 ? MerkleHash.Node(node, proof[start + i]) : MerkleHash.Node(proof[start + i], node);
        }

        return node;
    }

    private static MerkleHash FoldInnerRight(ulong index, MerkleHash seed, IReadOnlyList<MerkleHash> proof, int start, int count)
    {
        var node = seed;
        for (var i = 0; i < count; i++)
        {
            node = ((index >> i) & 1) == 0 ? node : MerkleHash.Node(proof[start + i], node);
        }

        return node;
    }

    private static MerkleHash FoldBorder(MerkleHash seed, IReadOnlyList<MerkleHash> proof, int start)
    {
        var node = seed;
        for (var i = start; i < proof.Count; i++)
        {
            node = MerkleHash.Node(proof[i], node);
        }

        return node;
    }

    private static int BitLength(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    private static ulong ShiftRight(ulong value, int count) => count >= 64 ? 0 : value >> count;
}
