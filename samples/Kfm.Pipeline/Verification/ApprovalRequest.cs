using Kfm.Agent.Autonomy;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>A person asks to add an approval to a bundle.</summary>
internal sealed record ApprovalRequest(string Directory, string Role, string Key)
{
    /// <summary>The trust file, or null for the user's own trust.</summary>
    public string? Trust { get; init; }

    /// <summary>The ledger, or null for the user's own.</summary>
    public string? Ledger { get; init; }

    /// <summary>The key of the ledger, or null for the user's own.</summary>
    public string? LogKey { get; init; }

    /// <summary>Verifies the bundle, signs, counts, and only then writes.</summary>
    public ApprovalOutcome Execute(HostEnvironment host)
    {
        using var bundle = RunBundle.Read(Directory);
        var report = BundleVerifier.Verify(bundle, Trust, host);
        if (report.Findings.Count > 0)
        {
            return Refused($"the bundle does not verify ({report.Findings[0]})");
        }

        if (!report.SignerEstablished)
        {
            return Refused($"nobody whom you trust vouches for the bundle ({string.Join("; ", report.Notes)})");
        }

        var graph = EvidenceGraph.Parse(bundle.Bytes(BundleFiles.Evidence));
        if (graph.Decision!.Verdict == Verdict.Deny)
        {
            return Refused("the gate denied the proposal, and no approval changes that");
        }

        var trust = OwnTrust.Load(Trust, graph.Trace.Repository, host);
        if (trust.People is not { } people)
        {
            return Refused("nobody knows who may approve; give a trust file with people by --trust");
        }

        using var key = LocalSigningKey.Load(Key);
        var person = people.People.FirstOrDefault(p => p.Keys.Contains(key.PublicKey));
        return person is null
            ? Refused("the key is not one of the people file's")
            : Add(bundle, graph, BundleApprovals.Context(bundle, graph, people, [.. trust.Signers.Select(k => k.KeyId), report.Signer]), person, key, host);
    }

    private ApprovalOutcome Add(RunBundle bundle, EvidenceGraph graph, ApprovalContext context, Person person, LocalSigningKey key, HostEnvironment host)
    {
        var statement = new ApprovalStatement(context.Decision, context.Head, Role, person.Id, EvidenceTime.Truncate(host.Time.GetUtcNow()));
        var envelope = DsseEnvelope.Sign(ApprovalStatement.PayloadType, statement.ToUtf8(), key).ToJson();
        var name = BundleApprovals.Name(Role, envelope);
        var count = ApprovalRules.Count(context, [.. BundleApprovals.Files(bundle), new ApprovalFile(name, envelope)]);
        if (count.Refused.FirstOrDefault(r => r.Name == name) is { } refusal)
        {
            return Refused(refusal.Reason);
        }

        var logged = Log(graph, statement, Digest.Of(envelope), host);
        bundle.Write(name, envelope);
        var state = count.Missing.Count == 0 ? "nothing is missing" : "still missing: " + string.Join(", ", count.Missing);
        return new ApprovalOutcome(count.Missing.Count == 0 ? ExitCode.Allow : ExitCode.Review, $"approved as {Role} by {person.Id}; {state}. {logged}")
        {
            Missing = count.Missing,
        };
    }

    private string Log(EvidenceGraph graph, ApprovalStatement statement, Digest file, HostEnvironment host)
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
                Kind = LedgerEntryKind.Approval,
                TraceId = graph.TraceId,
                Repository = repository,
                Subject = file,
                Links = [new LedgerLink("decision", statement.Decision)],
                Time = statement.Time,
                Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = statement.Person, ["role"] = statement.Role },
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

    private static ApprovalOutcome Refused(string why) => new(ExitCode.Deny, $"not approved: {why}.");
}
