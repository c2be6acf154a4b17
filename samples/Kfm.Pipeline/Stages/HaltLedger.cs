using Kfm.Agent.Autonomy;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance;

namespace Kfm.Pipeline.Stages;

/// <summary>What the ledger of a repository says of halts.</summary>
internal static class HaltLedger
{
    /// <summary>The halts that hold. Without any ledger nothing is halted.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read, is older than its checkpoint, or is gone while its checkpoint is there.</exception>
    public static HaltState Read(RepositoryBase at, string? ledger, HostEnvironment host)
    {
        var path = LedgerAccess.PathOf(ledger, at.Uri, host);
        if (!File.Exists(path))
        {
            return File.Exists(path + ".checkpoint")
                ? throw new LedgerException(LedgerFault.RolledBack, $"There is no ledger at '{path}', but its checkpoint: restore the ledger.")
                : HaltState.None;
        }

        using var log = LedgerAccess.Existing(path, host);
        return log.Origin == LedgerAccess.Origin(at.Uri)
            ? HaltRules.Count(Context(at, host), Entries(log))
            : throw new LedgerException(LedgerFault.OtherLog, $"'{path}' is the log '{log.Origin}', not that of this repository.");
    }

    /// <summary>The entries about halts.</summary>
    public static IReadOnlyList<LogEntry> Entries(TransparencyLog log) => [.. log.FindByKind(LedgerEntryKind.Halt), .. log.FindByKind(LedgerEntryKind.Resume)];

    /// <summary>What they are counted against: people and policies of the base, and none of the user's own keys, with which pipelines sign.</summary>
    public static HaltContext Context(RepositoryBase at, HostEnvironment host)
    {
        using var signing = StateKeys.Existing("signing.pem", host.StateFolder);
        using var log = StateKeys.Existing("log.pem", host.StateFolder);
        return new HaltContext(at.Uri, at.People, at.Policies.Digest, host.Time.GetUtcNow())
        {
            ExcludedKeys = new[] { signing?.KeyId, log?.KeyId }.OfType<string>().ToHashSet(StringComparer.Ordinal),
        };
    }
}
