using System.Numerics;

namespace Kfm.Provenance.Merkle;

/// <summary>
/// Verifies proofs about a subtree: the leaves from a start to an end, where the start is a multiple of the smallest power of two that
/// is not below their number (draft-ietf-plants-merkle-tree-certs, section 4).
/// </summary>
/// <remarks>Nothing here throws on a wrong proof.</remarks>
public static class MerkleSubtree
{
    /// <summary>Whether the proof shows that a leaf stands at an index of a subtree.</summary>
    /// <param name="index">The zero-based index of the leaf in the whole tree.</param>
    /// <param name="start">The index of the first leaf of the subtree.</param>
    /// <param name="end">The index after the last leaf of the subtree.</param>
    /// <param name="leaf">The hash of the leaf.</param>
    /// <param name="proof">The sibling hashes from the leaf up.</param>
    /// <param name="root">The root hash of the subtree.</param>
    public static bool VerifyInclusion(
        ulong index, ulong start, ulong end, MerkleHash leaf, IReadOnlyList<MerkleHash> proof, MerkleHash root) =>
        IsValid(start, end) && index >= start && index < end
        && MerkleProof.VerifyInclusion(index - start, end - start, leaf, proof, root);

    /// <summary>Whether the proof shows that a subtree is part of a tree.</summary>
    /// <param name="start">The index of the first leaf of the subtree.</param>
    /// <param name="end">The index after the last leaf of the subtree. A subtree without leaves is part of every tree that reaches it.</param>
    /// <param name="size">The number of leaves of the tree.</param>
    /// <param name="proof">The hashes of the proof; empty when the subtree is the tree.</param>
    /// <param name="subtreeRoot">The root hash of the subtree.</param>
    /// <param name="root">The root hash of the tree.</param>
    public static bool VerifyConsistency(
        ulong start, ulong end, ulong size, IReadOnlyList<MerkleHash> proof, MerkleHash subtreeRoot, MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (!IsValid(start, end) || end > size)
        {
            return false;
        }

        if (start == end)
        {
            return proof.Count == 0 && subtreeRoot == MerkleHash.Empty;
        }

        // The positions of the subtree's first and last leaf and of the tree's last leaf, taken up to the node where the proof begins.
        var (first, last, treeLast) = (start, end - 1, size - 1);
        var isTail = last == treeLast;
        while (first != last && (isTail || (last & 1) == 1))
        {
            (first, last, treeLast) = (first >> 1, last >> 1, treeLast >> 1);
        }

        if (first != last && proof.Count == 0)
        {
            return false;
        }

        var seed = first == last ? subtreeRoot : proof[0];
        return Fold(first, last, treeLast, proof, first == last ? 0 : 1, seed) is { } roots && roots.Subtree == subtreeRoot && roots.Tree == root;
    }

    private static bool IsValid(ulong start, ulong end)
    {
        if (start > end)
        {
            return false;
        }

        // Beyond 2^63 leaves the power of two does not fit; then only a subtree from 0 is valid.
        var width = end - start;
        return width <= 1UL << 63 ? start % Math.Max(1, BitOperations.RoundUpToPowerOf2(width)) == 0 : start == 0;
    }

    private static (MerkleHash Subtree, MerkleHash Tree)? Fold(
        ulong first, ulong last, ulong treeLast, IReadOnlyList<MerkleHash> proof, int position, MerkleHash seed)
    {
        var (subtree, tree) = (seed, seed);
        for (; position < proof.Count; position++)
        {
            if (treeLast == 0)
            {
                return null;
            }

            if ((last & 1) == 1 || last == treeLast)
            {
                subtree = first < last ? MerkleHash.Node(proof[position], subtree) : subtree;
                tree = MerkleHash.Node(proof[position], tree);
                while ((last & 1) == 0 && last != 0)
                {
                    (first, last, treeLast) = (first >> 1, last >> 1, treeLast >> 1);
                }
            }
            else
            {
                tree = MerkleHash.Node(tree, proof[position]);
            }

            (first, last, treeLast) = (first >> 1, last >> 1, treeLast >> 1);
        }

        return treeLast == 0 ? (subtree, tree) : null;
    }
}
