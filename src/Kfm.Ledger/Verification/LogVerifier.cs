using Kfm.Ledger.Checkpoints;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Verification;

/// <summary>Checks a log from its entries up: everything else that the store holds is computed again and compared.</summary>
public static class LogVerifier
{
    /// <summary>Checks a log. The file is read only.</summary>
    /// <param name="path">The path of the database.</param>
    /// <param name="verifiers">
    /// The keys of the log that the caller trusts. Without any, signatures are not checked, and whoever can write the file can have
    /// rewritten all of it.
    /// </param>
    /// <param name="anchor">A signed checkpoint of this log that the caller kept elsewhere, or null.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The findings; nothing that is wrong with the log is an exception.</returns>
    /// <exception cref="ArgumentException">An anchor is given without a key to verify it.</exception>
    public static LogReport Verify(
        string path, IReadOnlyCollection<NoteVerifier> verifiers, string? anchor = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(verifiers);
        if (anchor is not null && verifiers.Count == 0)
        {
            throw new ArgumentException("An anchor proves nothing without a key to verify it.", nameof(verifiers));
        }

        var findings = new FindingList();
        try
        {
            using var database = new LogDatabase(path, SqliteOpenMode.ReadOnly, TimeSpan.FromSeconds(30));

            // Read before the snapshot is taken, which then has what the file says even while another process publishes.
            var anchorFile = CheckpointAnchor.Beside(path);
            var beside = (anchorFile.Path, anchorFile.Read());
            return database.Read(() => Verify(new LogTables(database), beside, verifiers, anchor, findings, cancellationToken));
        }
        catch (LedgerException e)
        {
            findings.Add(LogDamage.Store, null, e.Message);
            return new LogReport(0, MerkleHash.Empty, findings.Findings);
        }
    }

    private static LogReport Verify(
        LogTables tables,
        (string Path, string? Note) beside,
        IReadOnlyCollection<NoteVerifier> verifiers,
        string? anchor,
        FindingList findings,
        CancellationToken stop)
    {
        if (tables.Pragma("application_id") != LogTables.ApplicationId || tables.Pragma("user_version") != LogTables.FormatVersion)
        {
            throw new LedgerException(LedgerFault.NotALog, $"The file is not a log of format version {LogTables.FormatVersion}.");
        }

        CheckFile(tables, findings);
        var identity = LogOpening.Identity(tables);
        var checkpoints = new CheckpointCheck(identity.Origin, verifiers, findings);
        foreach (var (size, _, stored) in tables.Checkpoints.All())
        {
            checkpoints.Add(LogDamage.Checkpoint, $"The checkpoint of size {size}", stored, size);
        }

        if (beside.Note is { } note)
        {
            checkpoints.Add(LogDamage.Anchor, $"'{beside.Path}'", note, null);
        }

        if (anchor is not null)
        {
            checkpoints.Add(LogDamage.Anchor, "The caller's checkpoint", anchor, null);
        }

        var tree = new EntryCheck(tables, identity, findings).Run(checkpoints, stop);
        checkpoints.Complete((long)tree.Size);
        return new LogReport((long)tree.Size, tree.Root(), findings.Findings);
    }

    private static void CheckFile(LogTables tables, FindingList findings)
    {
        var answer = tables.Database.First("PRAGMA integrity_check(1)", row => row.GetString(0));
        if (!string.Equals(answer, "ok", StringComparison.Ordinal))
        {
            findings.Add(LogDamage.Store, null, "SQLite finds the file corrupt: " + answer);
        }
    }
}
