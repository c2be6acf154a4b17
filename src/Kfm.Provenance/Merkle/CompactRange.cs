using System.Numerics;

namespace Kfm.Provenance.Merkle;

/// <summary>
/// The right edge of a growing tree: the hash of each perfect subtree, largest first. It is all that appending and the root need,
/// at most 64 hashes.
/// </summary>
public sealed class CompactRange
{
    private readonly List<MerkleHash> _hashes;

    /// <summary>Creates the range of the empty tree.</summary>
    public CompactRange() => _hashes = [];

    /// <summary>Creates the range of a tree whose perfect subtrees are known.</summary>
    /// <param name="size">The number of leaves.</param>
    /// <param name="hashes">One hash for each bit that is set in <paramref name="size"/>, the highest bit first.</param>
    /// <exception cref="ArgumentException">The number of hashes does not fit the size.</exception>
    public CompactRange(ulong size, IEnumerable<MerkleHash> hashes)
    {
        _hashes = [.. hashes];
        Size = _hashes.Count == BitOperations.PopCount(size)
            ? size
            : throw new ArgumentException("A compact range has one hash for each bit that is set in its size.", nameof(hashes));
    }

    /// <summary>The number of leaves.</summary>
    public ulong Size { get; private set; }

    /// <summary>The hashes of the perfect subtrees, largest first.</summary>
    public IReadOnlyList<MerkleHash> Hashes => _hashes;

    /// <summary>Appends a leaf.</summary>
    /// <param name="leaf">The hash of the leaf.</param>
    public void Append(MerkleHash leaf)
    {
        var node = leaf;
        for (var merges = BitOperations.TrailingZeroCount(~Size); merges > 0; merges--)
        {
            node = MerkleHash.Node(_hashes[^1], node);
            _hashes.RemoveAt(_hashes.Count - 1);
        }

        _hashes.Add(node);
        Size++;
    }

    /// <summary>The root hash of the tree (RFC 6962, 2.1).</summary>
    public MerkleHash Root()
    {
        if (_hashes.Count == 0)
        {
            return MerkleHash.Empty;
        }

        var root = _hashes[^1];
        for (var i = _hashes.Count - 2; i >= 0; i--)
        {
            root = MerkleHash.Node(_hashes[i], root);
        }

        return root;
    }
}
