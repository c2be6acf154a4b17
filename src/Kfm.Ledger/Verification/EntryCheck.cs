using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>Reads every entry once and computes from it what the store should hold.</summary>
internal sealed class EntryCheck(LogTables tables, LogIdentity identity, FindingList findings)
{
    private readonly CompactRange _tree = new();
    private readonly TileComparison _tiles = new(tables.Tile);
    private readonly HashSet<long> _slots = [];
    private long _lookups;
    private long _bundles;
    private long _keyed;

    /// <summary>Checks entries, tiles, head and indexes, and the checkpoints on the way.</summary>
    /// <returns>The tree over the entries that are there without a gap.</returns>
    internal CompactRange Run(CheckpointCheck checkpoints, CancellationToken stop)
    {
        var minimum = tables.MinimumIndex();
        _keyed = tables.Keyed();
        checkpoints.Reached(_tree);
        while (ReadBundle(minimum, checkpoints))
        {
            stop.ThrowIfCancellationRequested();
        }

        _bundles = (long)_tree.Size / Tile.Width;
        ReadTail(checkpoints);
        _tiles.Complete();
        CheckHeadAndTiles(tables.Head());
        CheckCounts(minimum);
        return _tree;
    }

    private bool ReadBundle(long minimum, CheckpointCheck checkpoints)
    {
        var first = (long)_tree.Size;
        var row = tables.Database.First(
            "SELECT entries, hashes FROM bundles WHERE number = $1",
            r => new { Entries = r.IsDBNull(0) ? null : r.GetFieldValue<byte[]>(0), Hashes = r.GetFieldValue<byte[]>(1) },
            first / Tile.Width);
        if (row is null)
        {
            return false;
        }

        if (row.Entries is null && first < minimum)
        {
            for (var i = 0; i + MerkleHash.Size <= row.Hashes.Length; i += MerkleHash.Size)
            {
                Append(MerkleHash.FromBytes(row.Hashes.AsSpan(i, MerkleHash.Size)), checkpoints);
            }

            return true;
        }

        return ReadEntries(first, row.Entries ?? [], checkpoints) == Tile.Width || Incomplete();
    }

    private bool Incomplete()
    {
        findings.Add(LogDamage.Entry, (long)_tree.Size, $"Entry {_tree.Size} is missing from its bundle.");
        return false;
    }

    private void ReadTail(CheckpointCheck checkpoints)
    {
        foreach (var (first, chunk) in tables.Tail())
        {
            if (first != (long)_tree.Size || ReadEntries(first, chunk, checkpoints) == 0)
            {
                findings.Add(LogDamage.Entry, (long)_tree.Size, $"Entry {_tree.Size} is missing; the next row of the tail begins with {first}.");
                return;
            }
        }
    }

    private int ReadEntries(long first, byte[] bytes, CheckpointCheck checkpoints)
    {
        if (EntryBundle.TryRead(bytes) is not { } entries)
        {
            findings.Add(LogDamage.Entry, first, $"The entries from {first} on cannot be read: their lengths are wrong.");
            return 0;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var leaf = MerkleHash.Leaf(entries[i].Span);
            CheckIndexes(first + i, entries[i], leaf);
            Append(leaf, checkpoints);
        }

        return entries.Count;
    }

    private void Append(MerkleHash leaf, CheckpointCheck checkpoints)
    {
        _tree.Append(leaf);
        _tiles.Append(leaf);
        checkpoints.Reached(_tree);
    }

    private void CheckIndexes(long index, ReadOnlyMemory<byte> bytes, MerkleHash leaf)
    {
        var key = leaf;
        if (identity.Content == LogContent.Entries)
        {
            try
            {
                var entry = LedgerEntry.Parse(bytes);
                key = entry.Key is { } own ? EntryIndex.KeyOf(own) : leaf;
                CheckLookups(index, entry);
            }
            catch (LedgerEntryFormatException e)
            {
                findings.Add(LogDamage.Entry, index, $"Entry {index} cannot be read: {e.Message}");
                return;
            }
        }

        if (identity.IsIdempotent && index < _keyed && !HasKey(key, index))
        {
            findings.Add(LogDamage.KeyIndex, index, $"The key of entry {index} does not lead to it.");
        }
    }

    private void CheckLookups(long index, LedgerEntry entry)
    {
        foreach (var (field, value) in EntryIndex.Lookups(entry))
        {
            _lookups++;
            if (tables.Database.First("SELECT 1 FROM lookups WHERE hash = $1 AND idx = $2", r => r.GetInt64(0), LogTables.LookupHash(field, value), index) != 1)
            {
                findings.Add(LogDamage.LookupIndex, index, $"Entry {index} is not found by its {field}.");
            }
        }
    }

    private bool HasKey(MerkleHash key, long index)
    {
        for (var slot = KeyIndex.SlotOf(key); ; slot = unchecked(slot + 1))
        {
            var there = tables.Database.First("SELECT idx FROM keys WHERE hash = $1", r => r.GetInt64(0) + 1, slot) - 1;
            if (there == index || there < 0)
            {
                return there == index && _slots.Add(slot);
            }
        }
    }

    private void CheckHeadAndTiles(LogHead head)
    {
        var fits = head.Size == (long)_tree.Size && head.Root == _tree.Root();

        // A wrong leaf hash makes the tiles above it differ too; only the leaves tell where.
        var lowest = _tiles.Differences.Select(d => d.Tile.Level).DefaultIfEmpty().Min();
        foreach (var (tile, leaf) in _tiles.Differences.Where(d => d.Tile.Level == lowest))
        {
            // The head tells which of the two was changed: it fits the tiles or the entries, but not both.
            findings.Add(
                fits || lowest > 0 ? LogDamage.Tile : LogDamage.Entry,
                leaf,
                $"Tile {tile.Number} of level {tile.Level} does not fit the entries, from entry {leaf} on.");
        }

        if (head.Size < (long)_tree.Size)
        {
            findings.Add(LogDamage.Entry, head.Size, $"The head says {head.Size} entries; there are {_tree.Size}.");
        }
        else if (head.Size > (long)_tree.Size)
        {
            findings.Add(LogDamage.Entry, (long)_tree.Size, $"The head says {head.Size} entries; only {_tree.Size} are there.");
        }
        else if (!fits && _tiles.Differences.Count == 0)
        {
            findings.Add(LogDamage.Head, null, "The root of the head is not the root of the entries and the tiles.");
        }
    }

    private void CheckCounts(long minimum)
    {
        Compare("bundles", _bundles, LogDamage.Entry);
        Compare("tiles", _tiles.Count, LogDamage.Tile);
        if (minimum == 0 && identity.Content == LogContent.Entries)
        {
            Compare("lookups", _lookups, LogDamage.LookupIndex);
        }
    }

    private void Compare(string table, long expected, LogDamage damage)
    {
        var count = tables.Count(table);
        if (count != expected)
        {
            findings.Add(damage, null, $"The table of {table} has {count} rows; the entries make {expected}.");
        }
    }
}
