using System.Collections.Concurrent;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>The tiles of a log as they were computed again from its entries.</summary>
internal sealed class ComputedTree
{
    private const int TileBytes = Tiles.Tile.Width * MerkleHash.Size;
    private readonly List<byte[]> _levels = [];
    private readonly ConcurrentDictionary<long, byte[]> _leaves;
    private readonly TiledTree _tree;

    /// <summary>Creates the tree.</summary>
    /// <param name="bundles">The root of each full bundle, 32 bytes each.</param>
    /// <param name="tail">The hashes of the leaves after the last full bundle.</param>
    /// <param name="leaves">The leaf hashes of those bundles within which a root is asked for.</param>
    internal ComputedTree(byte[] bundles, byte[] tail, ConcurrentDictionary<long, byte[]> leaves)
    {
        _leaves = leaves;
        var full = bundles.Length / MerkleHash.Size;
        leaves[full] = tail;
        Size = ((long)full * Tiles.Tile.Width) + (tail.Length / MerkleHash.Size);
        for (var level = bundles; level.Length > 0; level = Fold(level))
        {
            _levels.Add(level);
        }

        _tree = new TiledTree(Tile);
    }

    internal long Size { get; }

    /// <summary>The root over the first entries.</summary>
    internal MerkleHash Root(long size) => _tree.Root((ulong)size);

    /// <summary>The tiles above level 0.</summary>
    internal IEnumerable<Tile> UpperTiles()
    {
        for (var level = 1; level <= _levels.Count; level++)
        {
            var tiles = (_levels[level - 1].Length + TileBytes - 1) / TileBytes;
            for (var number = 0; number < tiles; number++)
            {
                yield return new Tile(level, (ulong)number);
            }
        }
    }

    /// <summary>The hashes of a tile.</summary>
    internal ReadOnlyMemory<byte> Tile(Tile tile)
    {
        if (tile.Level == 0)
        {
            return _leaves.GetValueOrDefault((long)tile.Number) ?? [];
        }

        var level = tile.Level <= _levels.Count ? _levels[tile.Level - 1] : [];
        var start = (long)tile.Number * TileBytes;
        return start < level.Length ? level.AsMemory((int)start, (int)Math.Min(TileBytes, level.Length - start)) : default;
    }

    private static byte[] Fold(byte[] level)
    {
        var above = new byte[level.Length / TileBytes * MerkleHash.Size];
        for (var i = 0; i < above.Length / MerkleHash.Size; i++)
        {
            MerkleBatch.Fold(level.AsSpan(i * TileBytes, TileBytes)).CopyTo(above.AsSpan(i * MerkleHash.Size));
        }

        return above;
    }
}
