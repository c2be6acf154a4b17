namespace Kfm.Ledger.Storage;

/// <summary>Brings a log of format version 1 (one row an entry) to the present version. Entries, checkpoints and origin stay; the rest is computed again.</summary>
internal static class LogMigration
{
    private const int Page = 4096;

    /// <summary>Rewrites the tables; inside a transaction of the only writer. A log whose entries do not lead to its head is left as it is.</summary>
    internal static void FromVersion1(LogTables tables, LogIdentity identity)
    {
        var database = tables.Database;
        var head = tables.Head();
        database.Run("ALTER TABLE entries RENAME TO entries1");
        foreach (var table in (string[])["keys", "lookups", "tiles", "head"])
        {
            database.Run("DROP TABLE " + table);
        }

        tables.Create(isNew: false);
        using (var writer = new LogWriter(tables, identity))
        {
            for (long from = 0; ; from += Page)
            {
                var leaves = database.All(
                    "SELECT leaf FROM entries1 WHERE idx >= $1 AND idx < $2 ORDER BY idx", row => Leaf(row.GetFieldValue<byte[]>(0), from), from, from + Page);
                if (leaves.Count == 0)
                {
                    break;
                }

                writer.Append([new AppendGroup(leaves)]);
            }
        }

        if (tables.Head() != head)
        {
            throw new LedgerException(LedgerFault.Damaged, "The entries of this log of format version 1 do not lead to its head, so it is not brought to the present version.");
        }

        database.Run("DROP TABLE entries1");
    }

    private static LogLeaf Leaf(byte[] bytes, long page)
    {
        try
        {
            return new LogLeaf(Entries.LedgerEntry.Parse(bytes));
        }
        catch (Entries.LedgerEntryFormatException e)
        {
            throw new LedgerException(LedgerFault.Damaged, $"An entry after {page} cannot be read: {e.Message}", e);
        }
    }
}
