using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Verification;

/// <summary>
/// Computes again what of a log is derived from its entries: leaf hashes, tiles, indexes, head. Entries and checkpoints are never changed;
/// a log whose entries are damaged is left as it is, and a copy must be restored.
/// </summary>
public static class LogRepair
{
    private const int Page = 4096;
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Checks a log, repairs what can be, and checks it again.</summary>
    /// <param name="path">The path of the database. Nobody may have it open for writing.</param>
    /// <param name="verifiers">The keys of the log that the caller trusts.</param>
    /// <param name="anchor">A signed checkpoint of this log that the caller kept elsewhere, or null.</param>
    /// <param name="cancellationToken">Stops the checks, not the writing.</param>
    /// <returns>The check before and, when something was repaired, the one after.</returns>
    /// <exception cref="LedgerException">Another process writes the log, or the store cannot be written.</exception>
    /// <exception cref="ArgumentException">An anchor is given without a key to verify it.</exception>
    public static RepairReport Repair(
        string path, IReadOnlyCollection<NoteVerifier> verifiers, string? anchor = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            return new RepairReport(LogVerifier.Verify(path, verifiers, anchor, cancellationToken), null);
        }

        using var writerLock = WriterLock.Take(path, BusyTimeout);
        var before = LogVerifier.Verify(path, verifiers, anchor, cancellationToken);
        if (before.IsSound || before.Findings.Any(f => !IsDerived(f.Damage)))
        {
            return new RepairReport(before, null);
        }

        using (var database = new LogDatabase(path, SqliteOpenMode.ReadWrite, BusyTimeout))
        {
            database.Run("PRAGMA synchronous = FULL");
            database.Write(() =>
            {
                Rebuild(new LogTables(database));
                return 0;
            });
        }

        return new RepairReport(before, LogVerifier.Verify(path, verifiers, anchor, cancellationToken));
    }

    private static bool IsDerived(LogDamage damage) => damage is LogDamage.Tile or LogDamage.KeyIndex or LogDamage.LookupIndex or LogDamage.Head;

    private static void Rebuild(LogTables tables)
    {
        var database = tables.Database;
        var (identity, minimum) = (LogOpening.Identity(tables), tables.MinimumIndex());
        foreach (var table in (string[])["tiles", "keys", "lookups"])
        {
            database.Run("DELETE FROM " + table);
        }

        var tree = new TreeAppender();
        var keys = new List<(MerkleHash Key, long Index)>();
        AppendPruned(tables, tree, minimum);
        for (var from = minimum; tables.Entries(from, Page) is { Count: > 0 } entries; from += Page)
        {
            foreach (var entry in entries)
            {
                var hash = MerkleHash.Leaf(entry.Bytes.Span);
                tree.Append(hash);
                keys.Add((KeyIndex.KeyOf(entry.Bytes, hash), entry.Index));
                WriteLookups(tables, identity, entry);
            }

            WriteTiles(database, tree);
        }

        WriteTiles(database, tree);
        for (var level = 1; level < tree.Levels; level++)
        {
            if (tree.Partial(level) is { } partial)
            {
                WriteTile(database, partial.Tile, partial.Hashes.ToArray());
            }
        }

        database.Run("INSERT OR REPLACE INTO head VALUES (1, $1, $2, 0)", (long)tree.Size, tree.Root().ToBytes());
        if (identity.IsIdempotent)
        {
            using var index = new KeyIndex(tables);
            index.Rebuild(keys, (long)tree.Size);
        }
    }

    // Of pruned entries only the hashes are left, and they lead to the checkpoints, else this is not reached.
    private static void AppendPruned(LogTables tables, TreeAppender tree, long minimum)
    {
        for (var number = 0UL; number < (ulong)(minimum / Tile.Width); number++)
        {
            tree.AppendTile(tables.Tile(new Tile(0, number)).ToArray());
            WriteTiles(tables.Database, tree);
        }
    }

    private static void WriteTiles(LogDatabase database, TreeAppender tree)
    {
        foreach (var (tile, hashes) in tree.TakeFull())
        {
            WriteTile(database, tile, hashes);
        }
    }

    private static void WriteTile(LogDatabase database, Tile tile, byte[] hashes)
    {
        if (tile.Level == 0)
        {
            database.Run("UPDATE bundles SET hashes = $2 WHERE number = $1 AND hashes <> $2", (long)tile.Number, hashes);
        }
        else
        {
            database.Run("INSERT INTO tiles VALUES ($1, $2, $3)", (long)tile.Level, (long)tile.Number, hashes);
        }
    }

    private static void WriteLookups(LogTables tables, LogIdentity identity, StoredEntry entry)
    {
        if (identity.Content == LogContent.Entries)
        {
            foreach (var (field, value) in EntryIndex.Lookups(LedgerEntry.Parse(entry.Bytes)))
            {
                tables.Database.Run("INSERT OR IGNORE INTO lookups VALUES ($1, $2)", LogTables.LookupHash(field, value), entry.Index);
            }
        }
    }
}
