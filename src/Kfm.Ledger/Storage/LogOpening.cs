using Kfm.Ledger.Checkpoints;
using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Storage;

/// <summary>Opens the store of a log, or creates it, and refuses one that is not what it should be.</summary>
internal static class LogOpening
{
    internal const string OriginName = "origin";
    internal const string VerifierName = "verifier";

    internal static LogStore Open(LogOptions options)
    {
        var canCreate = options.Origin is not null && options.Signer is not null;
        if (!canCreate && !File.Exists(options.Path))
        {
            throw NoLogYet(options);
        }

        CreateFile(options);
        var database = new LogDatabase(options.Path, SqliteOpenMode.ReadWrite, options.BusyTimeout);
        try
        {
            var store = new LogStore(database);
            database.Run("PRAGMA synchronous = FULL");
            if (store.IsEmptyFile())
            {
                // The mode of the journal is a property of the file, and cannot be set inside a transaction.
                var mode = canCreate ? database.First("PRAGMA journal_mode = WAL", row => row.GetString(0)) : throw NoLogYet(options);
                if (!string.Equals(mode, "wal", StringComparison.Ordinal))
                {
                    throw new LedgerException(LedgerFault.Storage, $"The file system of '{options.Path}' cannot keep a write-ahead log; put the log on a local disk.");
                }

                database.Write(() => Create(store, options));
            }

            // Read before the snapshot is taken: what the file says was committed before it was written, so that the snapshot has it.
            var anchor = new CheckpointAnchor(options.Path);
            var published = anchor.Read();
            database.Read(() => Check(store, options, anchor, published));
            return store;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void CreateFile(LogOptions options)
    {
        try
        {
            var directory = Path.GetDirectoryName(Path.GetFullPath(options.Path))!;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
                File.Open(options.Path, FileMode.OpenOrCreate).Dispose();
                return;
            }

            if (!Directory.Exists(directory))
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            // SQLite gives its journal the mode of the database.
            new FileStream(options.Path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{options.Path}' cannot be opened: {e.Message}", e);
        }
    }

    private static bool Create(LogStore store, LogOptions options)
    {
        if (!store.IsEmptyFile())
        {
            // Another process was first.
            return false;
        }

        store.CreateTables();
        store.WriteMeta(OriginName, options.Origin!);
        store.WriteMeta(VerifierName, new NoteVerifier(options.Origin!, options.Signer!.PublicKey).ToString());
        return true;
    }

    private static LedgerException NoLogYet(LogOptions options) =>
        new(LedgerFault.NotALog, $"'{options.Path}' holds no log yet; give an origin and a key to create one.");

    private static bool Check(LogStore store, LogOptions options, CheckpointAnchor anchor, string? published)
    {
        if (store.Pragma("application_id") != LogStore.ApplicationId)
        {
            throw new LedgerException(LedgerFault.NotALog, $"'{options.Path}' is a database, but not a log.");
        }

        if (store.Pragma("user_version") != LogStore.FormatVersion)
        {
            throw new LedgerException(LedgerFault.NotALog, $"'{options.Path}' has another format version than {LogStore.FormatVersion}.");
        }

        var origin = store.Meta(OriginName) ?? throw new LedgerException(LedgerFault.Damaged, "The origin of the log is missing.");
        if (options.Origin is not null && !string.Equals(origin, options.Origin, StringComparison.Ordinal))
        {
            throw new LedgerException(LedgerFault.OtherLog, $"'{options.Path}' is the log '{origin}', not '{options.Origin}'.");
        }

        if (options.Signer is { } signer && !string.Equals(store.Meta(VerifierName), new NoteVerifier(origin, signer.PublicKey).ToString(), StringComparison.Ordinal))
        {
            throw new LedgerException(LedgerFault.OtherLog, $"'{options.Path}' was created with another key; open it with that key.");
        }

        if (published is not null)
        {
            CheckAnchor(store, anchor, published, origin);
        }

        return true;
    }

    private static void CheckAnchor(LogStore store, CheckpointAnchor anchor, string note, string origin)
    {
        var published = StoredCheckpoint.Parse(note, $"'{anchor.Path}'");
        var head = store.Head();
        if (!string.Equals(published.Origin, origin, StringComparison.Ordinal)
            || published.Size > (ulong)head.Size
            || store.Tree().Root(published.Size) != published.Root)
        {
            throw new LedgerException(
                LedgerFault.RolledBack,
                $"The store has {head.Size} entries, but '{anchor.Path}' says that the log '{published.Origin}' published a checkpoint of "
                + $"{published.Size} that the store does not lead to. An older copy was restored, or the store was changed: restore the "
                + "newest copy. Appending here would fork the log.");
        }
    }
}
