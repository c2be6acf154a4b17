using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Tiles;

/// <summary>Appends leaf hashes to the right edge of the tiles; full tiles are hashed into the level above.</summary>
/// <param name="size">The number of leaves before the first append.</param>
/// <param name="readTile">Gives the hashes of a tile that is there.</param>
internal sealed class TileWriter(ulong size, Func<Tile, ReadOnlyMemory<byte>> readTile)
{
    private readonly Dictionary<Tile, byte[]> _changed = [];

    /// <summary>The number of leaves.</summary>
    internal ulong Size { get; private set; } = size;

    internal void Append(MerkleHash leaf)
    {
        var index = Size;
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            var tile = new Tile(level, index / Tile.Width);
            var position = (int)(index % Tile.Width);
            var hashes = Open(tile, position);
            hash.CopyTo(hashes.AsSpan(position * MerkleHash.Size));
            if (position < Tile.Width - 1)
            {
                break;
            }

            hash = TiledTree.Fold(hashes);
            index = tile.Number;
        }

        Size++;
    }

    /// <summary>The tiles that changed, cut to the hashes that they hold.</summary>
    internal IEnumerable<(Tile Tile, byte[] Hashes)> Changed()
    {
        foreach (var (tile, hashes) in _changed)
        {
            var total = Size >> (tile.Level * Tile.Height);
            var width = (int)Math.Min(Tile.Width, total - (tile.Number * Tile.Width));
            yield return (tile, hashes[..(width * MerkleHash.Size)]);
        }
    }

    private byte[] Open(Tile tile, int position)
    {
        if (_changed.TryGetValue(tile, out var hashes))
        {
            return hashes;
        }

        hashes = new byte[Tile.Width * MerkleHash.Size];
        if (position > 0)
        {
            var stored = readTile(tile);
            if (stored.Length != position * MerkleHash.Size)
            {
                throw new LedgerException(LedgerFault.Damaged, $"Tile {tile.Number} of level {tile.Level} has not the width of the log; run a check of the log.");
            }

            stored.CopyTo(hashes);
        }

        _changed.Add(tile, hashes);
        return hashes;
    }
}
