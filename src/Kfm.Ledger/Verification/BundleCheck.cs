using System.Buffers.Binary;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Verification;

/// <summary>One thread of a check: reads bundles on a connection of its own, and computes their hashes again.</summary>
internal sealed class BundleCheck : IDisposable
{
    private const int TileBytes = Tile.Width * MerkleHash.Size;
    private readonly EntryScan _scan;
    private readonly LogDatabase _database;
    private readonly SqliteStatement _select;
    private readonly IndexCheck _indexes;
    private readonly int[] _ends = new int[Tile.Width];
    private readonly byte[] _hashes = new byte[TileBytes];
    private byte[] _entries = new byte[256 * 1024];

    internal BundleCheck(EntryScan scan, string path)
    {
        _scan = scan;
        _database = new LogDatabase(path, SqliteOpenMode.ReadOnly, TimeSpan.FromSeconds(30));
        try
        {
            _select = _database.Prepare("SELECT number, hashes, entries FROM bundles WHERE number >= ?1 AND number < ?2 ORDER BY number");
            _indexes = new IndexCheck(scan, _database);
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>Checks the bundles from one number to another.</summary>
    internal void Check(long from, long to)
    {
        _select.Bind(1, from);
        _select.Bind(2, to);
        var next = from;
        for (; _select.Step() && _select.Int64(0) == next; next++)
        {
            if (!Check(next, _select.Blob(1), _select.Blob(2), _select.IsNull(2)))
            {
                break;
            }
        }

        _select.Reset();
        if (next < to)
        {
            _scan.Missing(next);
        }
    }

    /// <summary>Checks the entries of the tail; their hashes are only computed, since the store keeps none.</summary>
    /// <returns>The hashes, or null when the entries cannot be read.</returns>
    internal byte[]? CheckTail(long first, ReadOnlySpan<byte> entries)
    {
        var count = Split(entries);
        if (count < 1)
        {
            return null;
        }

        HashLeaves(count);
        _indexes.Check(first, count, _entries, _ends, _hashes);
        return _hashes[..(count * MerkleHash.Size)];
    }

    public void Dispose()
    {
        _indexes.Dispose();
        _select.Dispose();
        _database.Dispose();
    }

    private bool Check(long number, ReadOnlySpan<byte> stored, ReadOnlySpan<byte> entries, bool isPruned)
    {
        var first = number * Tile.Width;
        if (_scan.Level < CheckLevel.Entries || (isPruned && first < _scan.Minimum))
        {
            if (stored.Length != TileBytes)
            {
                _scan.Findings.Add(LogDamage.Tile, first + (stored.Length / MerkleHash.Size), $"Tile {number} of level 0 is not full.");
                return false;
            }

            _scan.Found(number, stored);
            return true;
        }

        if (Split(entries) != Tile.Width)
        {
            _scan.Findings.Add(LogDamage.Entry, first, $"The entries from {first} on cannot be read: they are not {Tile.Width}, or their lengths are wrong.");
            return false;
        }

        HashLeaves(Tile.Width);
        var same = stored.CommonPrefixLength(_hashes);
        if (same < TileBytes || stored.Length != TileBytes)
        {
            _scan.Differs(first + (Math.Min(same, TileBytes - 1) / MerkleHash.Size), stored);
        }

        _indexes.Check(first, Tile.Width, _entries, _ends, _hashes);
        _scan.Found(number, _hashes);
        return true;
    }

    private void HashLeaves(int count) =>
        MerkleBatch.HashLeaves(_entries.AsSpan(0, _ends[count - 1]), _ends.AsSpan(0, count), _hashes.AsSpan(0, count * MerkleHash.Size));

    /// <summary>Copies the entries without their lengths.</summary>
    /// <returns>Their number, or -1 when the bytes are not a bundle.</returns>
    private int Split(ReadOnlySpan<byte> bundle)
    {
        if (_entries.Length < bundle.Length)
        {
            _entries = new byte[bundle.Length];
        }

        var (count, end) = (0, 0);
        for (; !bundle.IsEmpty; count++)
        {
            if (bundle.Length < 2 || count == Tile.Width)
            {
                return -1;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            if (bundle.Length - 2 < length)
            {
                return -1;
            }

            bundle.Slice(2, length).CopyTo(_entries.AsSpan(end));
            _ends[count] = end += length;
            bundle = bundle[(2 + length)..];
        }

        return count;
    }
}
