using Kfm.Ledger.Checkpoints;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Verification;

/// <summary>Checks a log from its entries up: everything else that the store holds is computed again and compared.</summary>
public static class LogVerifier
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Checks all of a log. The file is read only.</summary>
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
        string path, IReadOnlyCollection<NoteVerifier> verifiers, string? anchor = null, CancellationToken cancellationToken = default) =>
        Verify(path, verifiers, new CheckOptions { Anchor = anchor }, cancellationToken);

    /// <summary>Checks a log to a level. The file is read only, and may be appended to meanwhile.</summary>
    /// <param name="path">The path of the database.</param>
    /// <param name="verifiers">
    /// The keys of the log that the caller trusts. Without any, signatures are not checked, and whoever can write the file can have
    /// rewritten all of it.
    /// </param>
    /// <param name="options">How much to check.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The findings; nothing that is wrong with the log is an exception.</returns>
    /// <exception cref="ArgumentException">An anchor is given without a key to verify it, or the number of threads is negative.</exception>
    public static LogReport Verify(
        string path, IReadOnlyCollection<NoteVerifier> verifiers, CheckOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(verifiers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        if (options.Anchor is not null && verifiers.Count == 0)
        {
            throw new ArgumentException("An anchor proves nothing without a key to verify it.", nameof(verifiers));
        }

        var findings = new FindingList();
        try
        {
            using var database = new LogDatabase(path, SqliteOpenMode.ReadOnly, BusyTimeout);

            // Read before the snapshot is taken, which then has what the file says even while another process publishes.
            var beside = CheckpointAnchor.Beside(path).Read();
            return database.Read(() => new LogCheck(new LogTables(database), path, verifiers, options, findings).Run(beside, cancellationToken));
        }
        catch (LedgerException e)
        {
            findings.Add(LogDamage.Store, null, e.Message);
        }
        catch (AggregateException e) when (e.InnerExceptions.FirstOrDefault(i => i is LedgerException) is { } inner)
        {
            findings.Add(LogDamage.Store, null, inner.Message);
        }

        return new LogReport(0, MerkleHash.Empty, findings.Findings);
    }
}
