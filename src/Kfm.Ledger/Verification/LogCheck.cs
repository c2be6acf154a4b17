using Kfm.Ledger.Checkpoints;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Verification;

/// <summary>One check of one log, level by level.</summary>
internal sealed class LogCheck(LogTables tables, string path, IReadOnlyCollection<NoteVerifier> verifiers, CheckOptions options, FindingList findings)
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Checks; inside a snapshot.</summary>
    /// <param name="beside">The checkpoint beside the database, or null.</param>
    /// <param name="stop">Stops the check.</param>
    internal LogReport Run(string? beside, CancellationToken stop)
    {
        if (tables.Pragma("application_id") != LogTables.ApplicationId)
        {
            throw new LedgerException(LedgerFault.NotALog, "The file is not a log.");
        }

        if (tables.Pragma("user_version") is var version && version != LogTables.FormatVersion)
        {
            throw new LedgerException(LedgerFault.NotALog, version == 1
                ? "The file is a log of format version 1; open it for writing once to bring it to the present version."
                : $"The file is not a log of format version {LogTables.FormatVersion}.");
        }

        var checkpoints = Collect(beside);
        return options.Level == CheckLevel.Head ? CheckHead(checkpoints) : CheckAll(checkpoints, stop);
    }

    private CheckpointCheck Collect(string? beside)
    {
        var checkpoints = new CheckpointCheck(LogOpening.Identity(tables).Origin, verifiers, findings);
        var kept = tables.Checkpoints.All();
        foreach (var (size, _, note) in options.Level == CheckLevel.History ? kept : kept.TakeLast(1))
        {
            checkpoints.Add(LogDamage.Checkpoint, $"The checkpoint of size {size}", note, size);
        }

        if (beside is not null)
        {
            checkpoints.Add(LogDamage.Anchor, $"'{CheckpointAnchor.Beside(path).Path}'", beside, null);
        }

        if (options.Anchor is { } anchor)
        {
            checkpoints.Add(LogDamage.Anchor, "The caller's checkpoint", anchor, null);
        }

        return checkpoints;
    }

    private LogReport CheckHead(CheckpointCheck checkpoints)
    {
        var head = tables.Head();
        var tree = tables.Tree();
        var root = tree.Root((ulong)head.Size);
        if (root != head.Root)
        {
            findings.Add(LogDamage.Head, null, "The root of the head is not the root of the tiles.");
        }

        checkpoints.Compare(head.Size, size => tree.Root((ulong)size));
        return new LogReport(head.Size, root, findings.Findings);
    }

    private LogReport CheckAll(CheckpointCheck checkpoints, CancellationToken stop)
    {
        var threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        var scan = new EntryScan(tables, path, options.Level, checkpoints.Sizes, findings);

        // SQLite reads the file once more by itself, while the entries are hashed.
        var file = options.Level >= CheckLevel.Entries ? Task.Run(CheckFile, stop) : Task.CompletedTask;
        ComputedTree tree;
        try
        {
            tree = scan.Run(threads, stop);
        }
        finally
        {
            // Nothing of this check may still have the file open when it is over.
            ((IAsyncResult)file).AsyncWaitHandle.WaitOne();
        }

        file.GetAwaiter().GetResult();
        new EntryCheck(tables, scan, tree, findings).Run();
        if (options.Level >= CheckLevel.Indexes && scan.Identity.IsIdempotent)
        {
            scan.Keys.Compare(tables.Database, tree.Size, findings);
        }

        checkpoints.Compare(tree.Size, tree.Root);
        return new LogReport(tree.Size, tree.Root(tree.Size), findings.Findings);
    }

    private void CheckFile()
    {
        using var database = new LogDatabase(path, SqliteOpenMode.ReadOnly, BusyTimeout);
        var answer = database.First("PRAGMA integrity_check(1)", row => row.GetString(0));
        if (!string.Equals(answer, "ok", StringComparison.Ordinal))
        {
            findings.Add(LogDamage.Store, null, "SQLite finds the file corrupt: " + answer);
        }
    }
}
