using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>What approvals and overrides leave in the ledger: an entry each.</summary>
/// <param name="Ledger">The ledger, or null for the user's own.</param>
/// <param name="LogKey">The key of the ledger, or null for the user's own.</param>
internal sealed record ApprovalLog(string? Ledger, string? LogKey)
{
    /// <summary>What is logged.</summary>
    public LedgerEntryKind Kind { get; init; } = LedgerEntryKind.Approval;

    /// <summary>Appends an entry; says which, or that there is no ledger.</summary>
    public string Append(EvidenceGraph graph, Digest decision, Digest file, DateTimeOffset time, IReadOnlyDictionary<string, string> attributes, HostEnvironment host)
    {
        var repository = graph.Trace.Repository;
        var path = LedgerAccess.PathOf(Ledger, repository, host);
        if (!File.Exists(path))
        {
            return "There is no ledger here to log it in; name it by --ledger.";
        }

        var signer = LogKey is null ? StateKeys.Existing("log.pem", host.StateFolder) : LocalSigningKey.Load(LogKey);
        using (signer)
        {
            using var log = OpenFor(path, repository, signer, host);
            var receipt = log.Append([new LedgerEntry
            {
                Kind = Kind,
                TraceId = graph.TraceId,
                Repository = repository,
                Subject = file,
                Links = [new LedgerLink("decision", decision)],
                Time = time,
                Attributes = attributes,
            }])[0];
            return $"Entry {receipt.Index} of the ledger.";
        }
    }

    // A key that is not the log's own cannot sign its checkpoint; the entry stands all the same, and the next run signs over it.
    private static TransparencyLog OpenFor(string path, string repository, LocalSigningKey? signer, HostEnvironment host)
    {
        try
        {
            return signer is null ? LedgerAccess.Existing(path, host) : LedgerAccess.Open(path, repository, signer, host);
        }
        catch (LedgerException) when (signer is not null)
        {
            return LedgerAccess.Existing(path, host);
        }
    }
}
