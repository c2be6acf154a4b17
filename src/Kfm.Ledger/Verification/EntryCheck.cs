using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>Reads every entry once and computes from it what the store should hold.</summary>
internal sealed class EntryCheck(LogStore store, FindingList findings)
{
    private const int Page = 1024;
    private readonly CompactRange _tree = new();
    private readonly TileComparison _tiles = new(store.Tile);
    private long _lookups;

    /// <summary>Checks entries, tiles, head and indexes, and the checkpoints on the way.</summary>
    /// <returns>The tree over the entries that are there without a gap.</returns>
    internal CompactRange Run(CheckpointCheck checkpoints, CancellationToken stop)
    {
        checkpoints.Reached(_tree);
        while (ReadPage(checkpoints))
        {
            stop.ThrowIfCancellationRequested();
        }

        _tiles.Complete();
        CheckHeadAndTiles(store.Head());
        CheckCounts();
        return _tree;
    }

    private bool ReadPage(CheckpointCheck checkpoints)
    {
        var page = store.Entries((long)_tree.Size, Page);
        foreach (var entry in page)
        {
            var expected = (long)_tree.Size;
            if (entry.Index != expected)
            {
                findings.Add(LogDamage.Entry, expected, $"Entry {expected} is missing; the next is {entry.Index}.");
                return false;
            }

            var leaf = MerkleHash.Leaf(entry.Bytes);
            CheckIndexes(entry, leaf);
            _tree.Append(leaf);
            _tiles.Append(leaf);
            checkpoints.Reached(_tree);
        }

        return page.Count == Page;
    }

    private void CheckIndexes(StoredEntry stored, MerkleHash leaf)
    {
        try
        {
            var entry = LedgerEntry.Parse(stored.Bytes);
            if (store.IndexOf(LedgerEntry.EffectiveKey(entry.Key, leaf)) != stored.Index)
            {
                findings.Add(LogDamage.KeyIndex, stored.Index, $"The key of entry {stored.Index} does not lead to it.");
            }

            foreach (var (field, value) in LogStore.Lookups(entry))
            {
                _lookups++;
                if (!store.HasLookup(field, value, stored.Index))
                {
                    findings.Add(LogDamage.LookupIndex, stored.Index, $"Entry {stored.Index} is not found by its {field}.");
                }
            }
        }
        catch (LedgerEntryFormatException e)
        {
            findings.Add(LogDamage.Entry, stored.Index, $"Entry {stored.Index} cannot be read: {e.Message}");
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

    private void CheckCounts()
    {
        Compare("entries", (long)_tree.Size, LogDamage.Entry);
        Compare("keys", (long)_tree.Size, LogDamage.KeyIndex);
        Compare("lookups", _lookups, LogDamage.LookupIndex);
        Compare("tiles", _tiles.Count, LogDamage.Tile);
    }

    private void Compare(string table, long expected, LogDamage damage)
    {
        var count = store.Count(table);
        if (count != expected)
        {
            findings.Add(damage, null, $"The table of {table} has {count} rows; the entries make {expected}.");
        }
    }
}
