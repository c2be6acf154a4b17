using System.Globalization;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>Compares what a scan of the entries made with what the store holds.</summary>
internal sealed class EntryCheck(LogTables tables, EntryScan scan, ComputedTree tree, FindingList findings)
{
    /// <summary>Compares head, tiles, and the number of rows of each table.</summary>
    internal void Run()
    {
        var head = tables.Head();
        var fits = head.Size == tree.Size && head.Root == tree.Root(tree.Size);
        var differ = CompareLeaves(fits);
        if (!differ)
        {
            differ = CompareTiles();
        }

        CompareHead(head, fits, differ);
        Compare("tiles", tree.UpperTiles().Count(), LogDamage.Tile);
        if (scan is { Level: >= CheckLevel.Indexes, Minimum: 0, Identity.Content: LogContent.Entries })
        {
            Compare("lookups", scan.Lookups, LogDamage.LookupIndex);
        }
    }

    private bool CompareLeaves(bool fits)
    {
        // The head tells which of the two was changed: it fits the tiles or the entries, but not both.
        foreach (var index in scan.Differences.Keys)
        {
            findings.Add(
                fits ? LogDamage.Tile : LogDamage.Entry,
                index,
                string.Create(CultureInfo.InvariantCulture, $"Tile {index / Tile.Width} of level 0 does not fit the entries, from entry {index} on."));
        }

        return scan.Differences.Count > 0;
    }

    // A wrong hash makes the tiles above it differ too; only the lowest level tells where.
    private bool CompareTiles()
    {
        var lowest = int.MaxValue;
        foreach (var tile in tree.UpperTiles().TakeWhile(t => t.Level <= lowest))
        {
            var expected = tree.Tile(tile).Span;
            var stored = tables.Tile(tile).Span;
            if (!stored.SequenceEqual(expected))
            {
                lowest = tile.Level;
                var first = ((long)tile.Number * Tile.Width) + (expected.CommonPrefixLength(stored) / MerkleHash.Size);
                findings.Add(LogDamage.Tile, first << (tile.Level * Tile.Height), $"Tile {tile.Number} of level {tile.Level} does not fit those below it.");
            }
        }

        return lowest < int.MaxValue;
    }

    private void CompareHead(LogHead head, bool fits, bool differ)
    {
        if (head.Size < tree.Size)
        {
            findings.Add(LogDamage.Entry, head.Size, $"The head says {head.Size} entries; there are {tree.Size}.");
        }
        else if (head.Size > tree.Size)
        {
            findings.Add(LogDamage.Entry, tree.Size, $"The head says {head.Size} entries; only {tree.Size} are there.");
        }
        else if (!fits && !differ)
        {
            findings.Add(LogDamage.Head, null, "The root of the head is not the root of the entries and the tiles.");
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
