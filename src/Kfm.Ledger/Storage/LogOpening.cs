using Kfm.Ledger.Checkpoints;
using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Storage;

/// <summary>Opens the SQLite file of a log, or creates it, and refuses one that is not what it should be.</summary>
internal static class LogOpening
{
    internal const string OriginName = "origin";
    internal const string VerifierName = "verifier";
    private const string ContentName = "content";
    private const string IdempotentName = "idempotent";
    private const string No = "no";
    private const string BytesContent = "bytes";

    internal static SqliteLogStore Open(LogOptions options)
    {
        var canCreate = options.Origin is not null && options.Signer is not null;
        if (!canCreate && !File.Exists(options.Path))
        {
            throw NoLogYet(options);
        }

        StoreFile.Create(options.Path);

        // Who has a key came to write; who has none may only want to read, and takes the lock when it writes nevertheless.
        var writerLock = options.Signer is null ? null : WriterLock.Take(options.Path, options.BusyTimeout);
        LogDatabase? database = null;
        try
        {
            database = new LogDatabase(options.Path, SqliteOpenMode.ReadWrite, options.BusyTimeout);
            return Open(options, database, writerLock, canCreate);
        }
        catch
        {
            database?.Dispose();
            writerLock?.Dispose();
            throw;
        }
    }

    /// <summary>What the store says that the log was created with.</summary>
    internal static LogIdentity Identity(LogTables tables) => new(
        tables.Meta(OriginName) ?? throw new LedgerException(LedgerFault.Damaged, "The origin of the log is missing."),
        tables.Meta(VerifierName) ?? "",
        string.Equals(tables.Meta(ContentName), BytesContent, StringComparison.Ordinal) ? LogContent.Bytes : LogContent.Entries,
        !string.Equals(tables.Meta(IdempotentName), No, StringComparison.Ordinal));

    private static SqliteLogStore Open(LogOptions options, LogDatabase database, WriterLock? writerLock, bool canCreate)
    {
        var tables = new LogTables(database);
        database.Run("PRAGMA synchronous = FULL");
        if (tables.IsEmptyFile())
        {
            Create(tables, canCreate ? options : throw NoLogYet(options));
        }

        CheckFormat(tables, options, ref writerLock);
        var identity = Identity(tables);
        CheckIdentity(identity, options);
        return new SqliteLogStore(options.Path, options.BusyTimeout, database, writerLock, identity);
    }

    private static void Create(LogTables tables, LogOptions options)
    {
        // The mode of the journal is a property of the file, and cannot be set inside a transaction.
        var mode = tables.Database.First("PRAGMA journal_mode = WAL", row => row.GetString(0));
        if (!string.Equals(mode, "wal", StringComparison.Ordinal))
        {
            throw new LedgerException(LedgerFault.Storage, $"The file system of '{options.Path}' cannot keep a write-ahead log; put the log on a local disk.");
        }

        tables.Database.Write(() =>
        {
            tables.Create(isNew: true);
            tables.WriteMeta(OriginName, options.Origin!);
            tables.WriteMeta(VerifierName, new NoteVerifier(options.Origin!, options.Signer!.PublicKey).ToString());
            if (options.Content == LogContent.Bytes)
            {
                tables.WriteMeta(ContentName, BytesContent);
            }

            if (!options.IsIdempotent)
            {
                tables.WriteMeta(IdempotentName, No);
            }

            return 0;
        });
    }

    private static void CheckFormat(LogTables tables, LogOptions options, ref WriterLock? writerLock)
    {
        if (tables.Pragma("application_id") != LogTables.ApplicationId)
        {
            throw new LedgerException(LedgerFault.NotALog, $"'{options.Path}' is a database, but not a log.");
        }

        if (tables.Pragma("user_version") == 1)
        {
            writerLock ??= WriterLock.Take(options.Path, options.BusyTimeout);
            tables.Database.Write(() =>
            {
                LogMigration.FromVersion1(tables, Identity(tables));
                return 0;
            });
        }

        if (tables.Pragma("user_version") != LogTables.FormatVersion)
        {
            throw new LedgerException(LedgerFault.NotALog, $"'{options.Path}' has another format version than {LogTables.FormatVersion}.");
        }
    }

    private static void CheckIdentity(LogIdentity identity, LogOptions options)
    {
        if (options.Origin is not null && !string.Equals(identity.Origin, options.Origin, StringComparison.Ordinal))
        {
            throw new LedgerException(LedgerFault.OtherLog, $"'{options.Path}' is the log '{identity.Origin}', not '{options.Origin}'.");
        }

        if (!CheckpointSigners.IsOwn(identity, options))
        {
            throw new LedgerException(LedgerFault.OtherLog, $"'{options.Path}' was created with another key; open it with that key, or with the ring of keys that leads from it.");
        }
    }

    private static LedgerException NoLogYet(LogOptions options) =>
        new(LedgerFault.NotALog, $"'{options.Path}' holds no log yet; give an origin and a key to create one.");
}
