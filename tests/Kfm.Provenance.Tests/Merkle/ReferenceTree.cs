using Kfm.Provenance.Merkle;

namespace Kfm.Provenance.Tests.Merkle;

/// <summary>The definitions of RFC 6962, 2.1 to 2.1.2, as they stand there: slow, recursive, over all leaves.</summary>
internal static class ReferenceTree
{
    internal static MerkleHash[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i)))];

    internal static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? MerkleHash.Empty : leaves[0];
        }

        var split = Split(leaves.Length);
        return MerkleHash.Node(Root(leaves[..split]), Root(leaves[split..]));
    }

    internal static List<MerkleHash> Path(int index, ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var split = Split(leaves.Length);
        return index < split
            ? [.. Path(index, leaves[..split]), Root(leaves[split..])]
            : [.. Path(index - split, leaves[split..]), Root(leaves[..split])];
    }

    internal static List<MerkleHash> Proof(int size, ReadOnlySpan<MerkleHash> leaves) => Proof(size, leaves, known: true);

    private static List<MerkleHash> Proof(int size, ReadOnlySpan<MerkleHash> leaves, bool known)
    {
        if (size == leaves.Length)
        {
            return known ? [] : [Root(leaves)];
        }

        var split = Split(leaves.Length);
        return size <= split
            ? [.. Proof(size, leaves[..split], known), Root(leaves[split..])]
            : [.. Proof(size - split, leaves[split..], known: false), Root(leaves[..split])];
    }

    private static int Split(int length)
    {
        var split = 1;
        while (split * 2 < length)
        {
            split *= 2;
        }

        return split;
    }
}
