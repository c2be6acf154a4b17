using System.Numerics;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Tiles;

/// <summary>Computes roots and proofs of a tree from its tiles (RFC 6962, 2.1; C2SP tlog-tiles). Reads no leaf.</summary>
/// <param name="readTile">Gives the hashes of a tile, one after the other; as many as there are.</param>
internal sealed class TiledTree(Func<Tile, ReadOnlyMemory<byte>> readTile)
{
    private readonly Dictionary<Tile, ReadOnlyMemory<byte>> _seen = [];

    /// <summary>The root of the tree over the first <paramref name="size"/> leaves.</summary>
    internal MerkleHash Root(ulong size) => size == 0 ? MerkleHash.Empty : Range(0, size);

    /// <summary>The right edge of the tree over the first <paramref name="size"/> leaves.</summary>
    internal CompactRange Edge(ulong size)
    {
        var hashes = new List<MerkleHash>();
        ulong start = 0;
        for (var bit = 63; bit >= 0; bit--)
        {
            if (((size >> bit) & 1) == 1)
            {
                hashes.Add(Perfect(bit, start));
                start += 1UL << bit;
            }
        }

        return new CompactRange(size, hashes);
    }

    /// <summary>The hashes that prove a leaf (RFC 6962, 2.1.1), from its sibling up.</summary>
    internal List<MerkleHash> Inclusion(ulong index, ulong size)
    {
        var proof = new List<MerkleHash>();
        var (start, end) = (0UL, size);
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                proof.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                proof.Add(Range(start, middle));
                start = middle;
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The hashes that prove a prefix (RFC 6962, 2.1.2).</summary>
    internal List<MerkleHash> Consistency(ulong size1, ulong size2)
    {
        var proof = new List<MerkleHash>();
        var (start, end) = (0UL, size2);
        while (end != size1)
        {
            var middle = start + Split(end - start);
            if (size1 <= middle)
            {
                proof.Add(Range(middle, end));
                end = middle;
            }
            else
            {
                proof.Add(Range(start, middle));
                start = middle;
            }
        }

        // The verifier knows the older root, so the seed is left out when it is that root.
        if (start > 0)
        {
            proof.Add(Range(start, end));
        }

        proof.Reverse();
        return proof;
    }

    private static ulong Split(ulong length) => 1UL << (63 - BitOperations.LeadingZeroCount(length - 1));

    private MerkleHash Range(ulong start, ulong end)
    {
        var length = end - start;
        if (BitOperations.IsPow2(length))
        {
            return Perfect(BitOperations.Log2(length), start);
        }

        var middle = start + Split(length);
        return MerkleHash.Node(Perfect(BitOperations.Log2(middle - start), start), Range(middle, end));
    }

    /// <summary>The hash of the perfect subtree of height <paramref name="height"/> that begins at leaf <paramref name="start"/>.</summary>
    private MerkleHash Perfect(int height, ulong start)
    {
        var level = height / Tile.Height;
        var first = start >> (level * Tile.Height);
        var tile = new Tile(level, first / Tile.Width);
        if (!_seen.TryGetValue(tile, out var hashes))
        {
            _seen.Add(tile, hashes = readTile(tile));
        }

        var offset = (int)(first % Tile.Width) * MerkleHash.Size;
        var length = MerkleHash.Size << (height % Tile.Height);
        return hashes.Length >= offset + length
            ? MerkleBatch.Fold(hashes.Span.Slice(offset, length))
            : throw new LedgerException(LedgerFault.Damaged, $"Tile {tile.Number} of level {tile.Level} is missing or too short; run a check of the log.");
    }
}
