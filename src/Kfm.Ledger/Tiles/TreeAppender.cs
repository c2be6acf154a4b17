using System.Numerics;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Tiles;

/// <summary>
/// The right edge of a growing tree: the perfect subtrees (compact range) and the tiles that are not full yet. All that appending needs;
/// nothing is read from a store.
/// </summary>
internal sealed class TreeAppender
{
    private readonly MerkleHash[] _nodes = new MerkleHash[64];
    private readonly List<PartialTile> _partial = [];
    private readonly List<(Tile Tile, byte[] Hashes)> _full = [];

    /// <summary>Creates the edge of the empty tree.</summary>
    internal TreeAppender()
    {
    }

    /// <summary>Reads the edge of a tree.</summary>
    /// <param name="size">The number of leaves.</param>
    /// <param name="readTile">Gives the hashes of a tile.</param>
    /// <exception cref="LedgerException">A tile is missing or too short.</exception>
    internal TreeAppender(ulong size, Func<Tile, ReadOnlyMemory<byte>> readTile)
    {
        for (var (level, rest) = (0, size); rest > 0; level++, rest >>= Tile.Height)
        {
            var width = (int)(rest % Tile.Width);
            var tile = new Tile(level, rest / Tile.Width);
            var hashes = width > 0 ? readTile(tile) : default;
            if (hashes.Length < width * MerkleHash.Size)
            {
                throw new LedgerException(LedgerFault.Damaged, $"Tile {tile.Number} of level {tile.Level} is missing or too short; run a check of the log.");
            }

            _partial.Add(new PartialTile(tile.Number, hashes.Span[..(width * MerkleHash.Size)]));
            Restore(level, width, hashes.Span);
        }

        Size = size;
    }

    /// <summary>The number of leaves.</summary>
    internal ulong Size { get; private set; }

    /// <summary>Appends a leaf hash.</summary>
    internal void Append(in MerkleHash leaf)
    {
        Put(0, leaf);
        Merge(leaf, 0);
        Size++;
    }

    /// <summary>Appends the leaf hashes of a whole tile; the size is a multiple of 256.</summary>
    internal void AppendTile(byte[] hashes)
    {
        if (_partial.Count == 0)
        {
            _partial.Add(new PartialTile(0, []));
        }

        _full.Add((new Tile(0, _partial[0].Number), hashes));
        _partial[0].Skip();
        var root = MerkleBatch.Fold(hashes);
        Put(1, root);
        Merge(root, Tile.Height);
        Size += Tile.Width;
    }

    /// <summary>The root hash (RFC 6962, 2.1).</summary>
    internal MerkleHash Root()
    {
        if (Size == 0)
        {
            return MerkleHash.Empty;
        }

        var height = BitOperations.TrailingZeroCount(Size);
        var root = _nodes[height];
        for (height++; height < 64; height++)
        {
            if (((Size >> height) & 1) == 1)
            {
                root = MerkleHash.Node(_nodes[height], root);
            }
        }

        return root;
    }

    /// <summary>The tiles that became full since the last call, in the order in which they did.</summary>
    internal List<(Tile Tile, byte[] Hashes)> TakeFull()
    {
        var full = new List<(Tile, byte[])>(_full);
        _full.Clear();
        return full;
    }

    /// <summary>The tile of a level that is not full yet; null when it has no hash.</summary>
    internal (Tile Tile, ReadOnlyMemory<byte> Hashes)? Partial(int level) =>
        level < _partial.Count && _partial[level].Count > 0 ? (new Tile(level, _partial[level].Number), _partial[level].Written) : null;

    /// <summary>The number of levels that have a tile.</summary>
    internal int Levels => _partial.Count;

    private void Merge(MerkleHash node, int height)
    {
        for (; ((Size >> height) & 1) == 1; height++)
        {
            node = MerkleHash.Node(_nodes[height], node);
            if ((height + 1) % Tile.Height == 0)
            {
                Put((height + 1) / Tile.Height, node);
            }
        }

        _nodes[height] = node;
    }

    private void Put(int level, in MerkleHash hash)
    {
        if (level == _partial.Count)
        {
            _partial.Add(new PartialTile(0, []));
        }

        var tile = _partial[level];
        if (tile.Add(hash))
        {
            _full.Add((new Tile(level, tile.Number), tile.Turn()));
        }
    }

    private void Restore(int level, int width, ReadOnlySpan<byte> hashes)
    {
        var start = 0;
        for (var bit = Tile.Height - 1; bit >= 0; bit--)
        {
            if (((width >> bit) & 1) == 1)
            {
                var length = MerkleHash.Size << bit;
                _nodes[(level * Tile.Height) + bit] = MerkleBatch.Fold(hashes.Slice(start, length));
                start += length;
            }
        }
    }
}
