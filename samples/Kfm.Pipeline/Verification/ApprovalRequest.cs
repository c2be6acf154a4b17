using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>A person asks to add an approval to a bundle.</summary>
internal sealed record ApprovalRequest(string Directory, string Role, string Key)
{
    /// <summary>A key of SSH in place of the private key in PEM, or null.</summary>
    public string? SshKey { get; init; }

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
        if (graph.Decision!.Verdict == Verdict.Deny && report.Overrides is not { IsLifted: true })
        {
            return Refused("the gate denied the proposal, and no approval changes that");
        }

        var trust = OwnTrust.Load(Trust, graph.Trace.Repository, host);
        if (trust.People is not { } people)
        {
            return Refused("nobody knows who may approve; give a trust file with people by --trust");
        }

        using var signer = ApprovalSigner.Open(this, host);
        return signer.Find(people) is { } person
            ? Add(bundle, graph, BundleApprovals.Context(bundle, graph, people, trust, report.Signer), person, signer, host)
            : Refused("the key is not one of the people file's");
    }

    private ApprovalOutcome Add(RunBundle bundle, EvidenceGraph graph, ApprovalContext context, Person person, ApprovalSigner signer, HostEnvironment host)
    {
        var statement = new ApprovalStatement(context.Decision, context.Head, Role, person.Id, EvidenceTime.Truncate(host.Time.GetUtcNow()));
        var envelope = signer.Sign(statement);
        var name = BundleApprovals.Name(Role, envelope, signer.Extension);
        var count = ApprovalRules.Count(context, [.. BundleApprovals.Files(bundle), new ApprovalFile(name, envelope)]);
        if (count.Refused.FirstOrDefault(r => r.Name == name) is { } refusal)
        {
            return Refused(refusal.Reason);
        }

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["person"] = statement.Person, ["role"] = statement.Role };
        var logged = new ApprovalLog(Ledger, LogKey).Append(graph, statement.Decision, Digest.Of(envelope), statement.Time, attributes, host);
        bundle.Write(name, envelope);
        var state = count.Missing.Count == 0 ? "nothing is missing" : "still missing: " + string.Join(", ", count.Missing);
        return new ApprovalOutcome(count.Missing.Count == 0 ? ExitCode.Allow : ExitCode.Review, $"approved as {Role} by {person.Id}; {state}. {logged}")
        {
            Missing = count.Missing,
        };
    }

    private static ApprovalOutcome Refused(string why) => new(ExitCode.Deny, $"not approved: {why}.");
}
