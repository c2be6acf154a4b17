using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Storage;

/// <summary>The tables of a log in SQLite and how they are read. Everything but entries, meta and checkpoints is derived from the entries.</summary>
internal sealed class LogTables(LogDatabase database)
{
    /// <summary>"KfmL" as the application id of the SQLite file.</summary>
    internal const long ApplicationId = 0x4B666D4C;

    internal const long FormatVersion = 2;

    private const string MinimumName = "minimum";

    // bundles: 256 entries each, their leaf hashes (the tile of level 0) before their bytes, so that proofs do not read the bytes.
    // tail: the entries after the last full bundle, one row for each commit, in the format of a bundle. tiles: the levels above 0.
    // keys: the first 8 bytes of an idempotency key as a number, or the next free number. lookups: the hash of field and value.
    private const string Schema = """
        CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, root BLOB NOT NULL, keyed INTEGER NOT NULL) STRICT;
        CREATE TABLE bundles (number INTEGER PRIMARY KEY, hashes BLOB NOT NULL, entries BLOB) STRICT;
        CREATE TABLE tail (first INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
        CREATE TABLE tiles (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT;
        CREATE TABLE keys (hash INTEGER PRIMARY KEY, idx INTEGER NOT NULL) STRICT;
        CREATE TABLE lookups (hash INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (hash, idx)) STRICT, WITHOUT ROWID;
        INSERT INTO head VALUES (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0);
        """;

    private const string KeptSchema = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL, recorded INTEGER NOT NULL) STRICT;
        """;

    internal LogDatabase Database => database;

    internal void Create(bool isNew)
    {
        database.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        database.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {FormatVersion}"));
        if (isNew)
        {
            database.Run(KeptSchema);
        }

        database.Run(Schema);
    }

    internal long Pragma(string name) => database.First("PRAGMA " + name, row => row.GetInt64(0));

    internal bool IsEmptyFile() => database.First("SELECT count(*) FROM sqlite_schema", row => row.GetInt64(0)) == 0;

    internal string? Meta(string name) => database.First("SELECT value FROM meta WHERE name = $1", row => row.GetString(0), name);

    internal void WriteMeta(string name, string value) => database.Run("INSERT OR REPLACE INTO meta VALUES ($1, $2)", name, value);

    internal LogHead Head() =>
        database.First("SELECT size, root FROM head WHERE id = 1", row => new LogHead(row.GetInt64(0), ReadHash(row, 1)))
        ?? throw new LedgerException(LedgerFault.Damaged, "The head of the log is missing; run a check of the log.");

    /// <summary>The number of entries whose keys are all in the table of keys; those of the others are found in the entries.</summary>
    internal long Keyed() => database.First("SELECT keyed FROM head WHERE id = 1", row => row.GetInt64(0));

    /// <summary>The hashes of a tile as they stand, full or not.</summary>
    internal ReadOnlyMemory<byte> Tile(Tile tile) => tile.Level > 0
        ? database.First("SELECT hashes FROM tiles WHERE level = $1 AND number = $2", Bytes, (long)tile.Level, (long)tile.Number) ?? default
        : Bundle("SELECT hashes FROM bundles WHERE number = $1", tile.Number) ?? TailHashes(tile.Number);

    /// <summary>The hash of a leaf.</summary>
    internal MerkleHash LeafHash(long index)
    {
        var hashes = database.First(
            "SELECT substr(hashes, $2, 32) FROM bundles WHERE number = $1", Bytes, index / Tiles.Tile.Width, (index % Tiles.Tile.Width * MerkleHash.Size) + 1)
            ?? TailHashes((ulong)(index / Tiles.Tile.Width)).Slice((int)(index % Tiles.Tile.Width) * MerkleHash.Size, MerkleHash.Size);
        return MerkleHash.FromBytes(hashes.Span);
    }

    /// <summary>The entries from an index on; fewer at the end of the log.</summary>
    internal List<StoredEntry> Entries(long from, long count)
    {
        var entries = new List<StoredEntry>();
        for (var number = from / Tiles.Tile.Width; entries.Count < count; number++)
        {
            var bundle = BundleEntries(number, out var isFull);
            for (var i = 0; i < bundle.Count && entries.Count < count; i++)
            {
                var index = (number * Tiles.Tile.Width) + i;
                if (index >= from)
                {
                    entries.Add(new StoredEntry(index, bundle[i]));
                }
            }

            if (!isFull)
            {
                break;
            }
        }

        return entries;
    }

    /// <summary>The rows of the tail, in order.</summary>
    internal List<(long First, byte[] Entries)> Tail() =>
        database.All("SELECT first, entries FROM tail ORDER BY first", row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)));

    internal List<long> Find(LookupField field, string value) =>
        database.All("SELECT idx FROM lookups WHERE hash = $1 ORDER BY idx", row => row.GetInt64(0), LookupHash(field, value));

    internal long Count(string table) => database.First("SELECT count(*) FROM " + table, row => row.GetInt64(0));

    /// <summary>The checkpoints.</summary>
    internal CheckpointTable Checkpoints => new(database);

    /// <summary>The index of the first entry that is not pruned.</summary>
    internal long MinimumIndex() => Meta(MinimumName) is { } text
        ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minimum) ? minimum : throw new LedgerException(LedgerFault.Damaged, "The minimum index of the log is not a number.")
        : 0;

    /// <summary>Forgets the bytes of whole bundles below an index.</summary>
    internal void Prune(long minimumIndex)
    {
        if (minimumIndex < 0 || minimumIndex % Tiles.Tile.Width != 0 || minimumIndex > Head().Size)
        {
            throw new ArgumentOutOfRangeException(nameof(minimumIndex), minimumIndex, "A minimum index is a multiple of 256 within the log.");
        }

        var before = MinimumIndex();
        if (minimumIndex > before)
        {
            database.Run("UPDATE bundles SET entries = NULL WHERE number >= $1 AND number < $2", before / Tiles.Tile.Width, minimumIndex / Tiles.Tile.Width);
            WriteMeta(MinimumName, minimumIndex.ToString(CultureInfo.InvariantCulture));
        }
    }

    internal TiledTree Tree() => new(Tile);

    internal static long LookupHash(LookupField field, string value) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData([(byte)field, .. Encoding.UTF8.GetBytes(value)]));

    private List<ReadOnlyMemory<byte>> BundleEntries(long number, out bool isFull)
    {
        var full = Bundle("SELECT entries FROM bundles WHERE number = $1", (ulong)number);
        isFull = full is not null;
        if (full is { Length: 0 })
        {
            throw new LedgerException(LedgerFault.Pruned, $"The entries from {number * Tiles.Tile.Width} on were pruned.");
        }

        return full is { } bundle ? Parse(bundle, number) : TailEntries((ulong)number);
    }

    private ReadOnlyMemory<byte> TailHashes(ulong number)
    {
        var entries = TailEntries(number);
        var hashes = new byte[entries.Count * MerkleHash.Size];
        for (var i = 0; i < entries.Count; i++)
        {
            MerkleHash.Leaf(entries[i].Span).CopyTo(hashes.AsSpan(i * MerkleHash.Size));
        }

        return hashes;
    }

    private List<ReadOnlyMemory<byte>> TailEntries(ulong number)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        var first = (long)number * Tiles.Tile.Width;
        foreach (var (start, chunk) in database.All(
            "SELECT first, entries FROM tail WHERE first >= $1 AND first < $2 ORDER BY first",
            row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            first,
            first + Tiles.Tile.Width))
        {
            if (start != first + entries.Count)
            {
                throw new LedgerException(LedgerFault.Damaged, $"Entry {first + entries.Count} is missing from the store; run a check of the log.");
            }

            entries.AddRange(Parse(chunk, (long)number));
        }

        return entries;
    }

    private static List<ReadOnlyMemory<byte>> Parse(ReadOnlyMemory<byte> bundle, long number) => [.. EntryBundle.TryRead(bundle)
        ?? throw new LedgerException(LedgerFault.Damaged, $"The entries of bundle {number} cannot be read; run a check of the log.")];

    // Null is a bundle that is not there; empty one whose entries were pruned.
    private ReadOnlyMemory<byte>? Bundle(string sql, ulong number) => database.First(sql, row => row.IsDBNull(0) ? (ReadOnlyMemory<byte>?)Array.Empty<byte>() : Bytes(row), (long)number);

    private static ReadOnlyMemory<byte>? Bytes(SqliteDataReader row) => row.GetFieldValue<byte[]>(0);

    private static MerkleHash ReadHash(SqliteDataReader row, int column) =>
        row.GetFieldValue<byte[]>(column) is { Length: MerkleHash.Size } bytes
            ? MerkleHash.FromBytes(bytes)
            : throw new LedgerException(LedgerFault.Damaged, "A hash in the store has not 32 bytes; run a check of the log.");
}
