using System.Globalization;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Storage;

/// <summary>The tables of a log: what is written where. Everything but entries, origin and checkpoints is derived from the entries.</summary>
internal sealed class LogStore(LogDatabase database)
{
    /// <summary>"KfmL" as the application id of the SQLite file.</summary>
    internal const long ApplicationId = 0x4B666D4C;

    internal const long FormatVersion = 1;

    private const string Schema = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, root BLOB NOT NULL) STRICT;
        CREATE TABLE entries (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
        CREATE TABLE keys (key TEXT PRIMARY KEY, idx INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE lookups (field INTEGER NOT NULL, value TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (field, value, idx)) STRICT, WITHOUT ROWID;
        CREATE TABLE tiles (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT;
        CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL, recorded INTEGER NOT NULL) STRICT;
        """;

    internal LogDatabase Database => database;

    internal void CreateTables()
    {
        database.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        database.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {FormatVersion}"));
        database.Run(Schema);
        WriteHead(LogHead.Empty);
    }

    internal long Pragma(string name) => database.First("PRAGMA " + name, row => row.GetInt64(0));

    internal bool IsEmptyFile() => database.First("SELECT count(*) FROM sqlite_schema", row => row.GetInt64(0)) == 0;

    internal string? Meta(string name) => database.First("SELECT value FROM meta WHERE name = $1", row => row.GetString(0), name);

    internal void WriteMeta(string name, string value) => database.Run("INSERT INTO meta VALUES ($1, $2)", name, value);

    internal LogHead Head() =>
        database.First("SELECT size, root FROM head WHERE id = 1", row => new LogHead(row.GetInt64(0), ReadHash(row, 1)))
        ?? throw new LedgerException(LedgerFault.Damaged, "The head of the log is missing; run a check of the log.");

    internal void WriteHead(LogHead head) => database.Run("INSERT OR REPLACE INTO head VALUES (1, $1, $2)", head.Size, head.Root.ToBytes());

    internal byte[]? Entry(long index) => database.First("SELECT leaf FROM entries WHERE idx = $1", row => row.GetFieldValue<byte[]>(0), index);

    internal List<StoredEntry> Entries(long from, long count) => database.All(
        "SELECT idx, leaf FROM entries WHERE idx >= $1 ORDER BY idx LIMIT $2",
        row => new StoredEntry(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        from,
        count);

    internal void WriteEntry(long index, byte[] leaf, string key, LedgerEntry entry)
    {
        database.Run("INSERT INTO entries VALUES ($1, $2)", index, leaf);
        database.Run("INSERT INTO keys VALUES ($1, $2)", key, index);
        foreach (var (field, value) in Lookups(entry))
        {
            database.Run("INSERT INTO lookups VALUES ($1, $2, $3)", (long)field, value, index);
        }
    }

    /// <summary>The index that an idempotency key has, or -1.</summary>
    internal long IndexOf(string key) => database.First("SELECT idx FROM keys WHERE key = $1", row => row.GetInt64(0) + 1, key) - 1;

    internal List<long> Find(LookupField field, string value) => database.All(
        "SELECT idx FROM lookups WHERE field = $1 AND value = $2 ORDER BY idx", row => row.GetInt64(0), (long)field, value);

    internal bool HasLookup(LookupField field, string value, long index) => database.First(
        "SELECT 1 FROM lookups WHERE field = $1 AND value = $2 AND idx = $3", row => row.GetInt64(0), (long)field, value, index) == 1;

    internal long Count(string table) => database.First("SELECT count(*) FROM " + table, row => row.GetInt64(0));

    internal List<(long Size, string Note)> Checkpoints() =>
        database.All("SELECT size, note FROM checkpoints ORDER BY size", row => (row.GetInt64(0), row.GetString(1)));

    internal ReadOnlyMemory<byte> Tile(Tile tile) => database.First(
        "SELECT hashes FROM tiles WHERE level = $1 AND number = $2", row => row.GetFieldValue<byte[]>(0), (long)tile.Level, (long)tile.Number);

    internal void WriteTile(Tile tile, byte[] hashes) =>
        database.Run("INSERT OR REPLACE INTO tiles VALUES ($1, $2, $3)", (long)tile.Level, (long)tile.Number, hashes);

    internal string? CheckpointAt(long size) => database.First("SELECT note FROM checkpoints WHERE size = $1", row => row.GetString(0), size);

    internal string? LastCheckpoint() => database.First("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1", row => row.GetString(0));

    internal void WriteCheckpoint(long size, string note, DateTimeOffset recorded) =>
        database.Run("INSERT INTO checkpoints VALUES ($1, $2, $3)", size, note, recorded.ToUnixTimeMilliseconds());

    internal TiledTree Tree() => new(Tile);

    internal static IEnumerable<(LookupField Field, string Value)> Lookups(LedgerEntry entry)
    {
        yield return (LookupField.Kind, LedgerEntryWriter.NameOf(entry.Kind));
        yield return (LookupField.Subject, entry.Subject.ToString());
        if (entry.TraceId is { } trace)
        {
            yield return (LookupField.Trace, trace.ToString("D"));
        }
    }

    private static MerkleHash ReadHash(SqliteDataReader row, int column) =>
        row.GetFieldValue<byte[]>(column) is { Length: MerkleHash.Size } bytes
            ? MerkleHash.FromBytes(bytes)
            : throw new LedgerException(LedgerFault.Damaged, "A hash in the store has not 32 bytes; run a check of the log.");
}
