namespace Kfm.Ledger.Tiles;

/// <summary>The name of a tile: 256 consecutive hashes of one level of the tree, or fewer at its right edge (C2SP tlog-tiles).</summary>
/// <param name="Level">The level of the tile, 0 for leaf hashes; each hash of level L covers 256^L leaves.</param>
/// <param name="Number">The zero-based position among the tiles of that level.</param>
public readonly record struct Tile(int Level, ulong Number)
{
    /// <summary>The height of a tile: log2 of its width.</summary>
    public const int Height = 8;

    /// <summary>The number of hashes in a full tile.</summary>
    public const int Width = 1 << Height;
}
