using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>Builds the tiles again from leaf hashes and compares each with the stored one when it is complete.</summary>
/// <param name="readTile">Gives the stored hashes of a tile, empty when it is missing.</param>
internal sealed class TileComparison(Func<Tile, ReadOnlyMemory<byte>> readTile)
{
    private readonly List<(byte[] Hashes, int Count, ulong Number)> _levels = [];

    /// <summary>The tiles that differ, each with the first leaf at which it does.</summary>
    internal List<(Tile Tile, long Leaf)> Differences { get; } = [];

    /// <summary>The number of tiles above level 0 that there should be.</summary>
    internal long Count { get; private set; }

    internal void Append(MerkleHash leaf)
    {
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add((new byte[Tile.Width * MerkleHash.Size], 0, 0));
            }

            var (hashes, count, number) = _levels[level];
            hash.CopyTo(hashes.AsSpan(count * MerkleHash.Size));
            if (count + 1 < Tile.Width)
            {
                _levels[level] = (hashes, count + 1, number);
                return;
            }

            Compare(level, number, hashes);
            hash = MerkleBatch.Fold(hashes);
            _levels[level] = (hashes, 0, number + 1);
        }
    }

    /// <summary>Compares the tiles at the right edge, which are not full.</summary>
    internal void Complete()
    {
        for (var level = 0; level < _levels.Count; level++)
        {
            var (hashes, count, number) = _levels[level];
            if (count > 0)
            {
                Compare(level, number, hashes.AsSpan(0, count * MerkleHash.Size));
            }
        }
    }

    private void Compare(int level, ulong number, ReadOnlySpan<byte> expected)
    {
        Count += level > 0 ? 1 : 0;
        var tile = new Tile(level, number);
        var stored = readTile(tile).Span;
        if (stored.SequenceEqual(expected))
        {
            return;
        }

        var first = ((long)number * Tile.Width) + (expected.CommonPrefixLength(stored) / MerkleHash.Size);
        Differences.Add((tile, first << (level * Tile.Height)));
    }
}
