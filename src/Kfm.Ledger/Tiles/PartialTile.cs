using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Tiles;

/// <summary>A tile at the right edge of the tree, while it fills.</summary>
internal sealed class PartialTile
{
    private byte[] _hashes = new byte[Tile.Width * MerkleHash.Size];

    internal PartialTile(ulong number, ReadOnlySpan<byte> hashes)
    {
        Number = number;
        Count = hashes.Length / MerkleHash.Size;
        hashes.CopyTo(_hashes);
    }

    internal ulong Number { get; private set; }

    internal int Count { get; private set; }

    internal ReadOnlyMemory<byte> Written => _hashes.AsMemory(0, Count * MerkleHash.Size);

    /// <summary>Adds a hash.</summary>
    /// <returns>Whether the tile is full now.</returns>
    internal bool Add(in MerkleHash hash)
    {
        hash.CopyTo(_hashes.AsSpan(Count * MerkleHash.Size));
        return ++Count == Tile.Width;
    }

    /// <summary>Gives the full tile away and begins the next one.</summary>
    internal byte[] Turn()
    {
        var full = _hashes;
        _hashes = new byte[Tile.Width * MerkleHash.Size];
        Count = 0;
        Number++;
        return full;
    }

    /// <summary>Leaves out a tile that somebody else filled.</summary>
    internal void Skip() => Number++;
}
