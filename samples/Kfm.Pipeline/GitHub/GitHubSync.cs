using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.GitHub;

/// <summary>Brings a sealed bundle and its pull request together: reviews come in, what holds now goes out.</summary>
internal sealed class GitHubSync(GitHubSession session, string directory, HostEnvironment host)
{
    /// <summary>The trust file, or null for the user's own trust.</summary>
    public string? Trust { get; init; }

    /// <summary>The key of the pipeline, or null for the user's own.</summary>
    public string? Key { get; init; }

    /// <summary>Where approvals are logged.</summary>
    public ApprovalLog Log { get; init; } = new(null, null);

    /// <summary>Verifies the bundle and writes to the pull request what holds now.</summary>
    /// <exception cref="GitHubException">Nobody whom the caller trusts vouches for the bundle: then nothing is said of its commit.</exception>
    public static async Task<GitHubOutcome> TellAsync(GitHubSession session, string directory, string? trust, HostEnvironment host, CancellationToken cancellationToken)
    {
        using var bundle = RunBundle.Read(directory);
        var report = BundleVerifier.Verify(bundle, trust, host);
        Vouched(report);
        var graph = EvidenceGraph.Parse(bundle.Bytes(BundleFiles.Evidence));
        return await new GitHubUpdate(session, bundle, report, OwnTrust.Load(trust, graph.Trace.Repository, host).People).RunAsync(cancellationToken);
    }

    /// <summary>Takes reviews where they count, then tells what holds.</summary>
    public async Task<GitHubOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var taken = await ReviewsAsync(cancellationToken);
        return await TellAsync(session, directory, Trust, host, cancellationToken) with { Taken = taken };
    }

    private async Task<IReadOnlyList<string>> ReviewsAsync(CancellationToken cancellationToken)
    {
        using var bundle = RunBundle.Read(directory);
        var report = BundleVerifier.Verify(bundle, Trust, host);
        Vouched(report);
        var graph = EvidenceGraph.Parse(bundle.Bytes(BundleFiles.Evidence));
        var trust = OwnTrust.Load(Trust, graph.Trace.Repository, host);
        if (trust.People is not { GitHubReviews: true } people || graph.Decision!.Verdict != Verdict.Review)
        {
            return [];
        }

        using var key = StateKeys.Signing(Key, host.StateFolder);
        return key.KeyId == report.Signer
            ? await new ReviewImport(session, bundle, graph, BundleApprovals.Context(bundle, graph, people, trust, report.Signer), key) { Log = Log }.RunAsync(host, cancellationToken)
            : throw new ApprovalInputException("the key is not the one that sealed the bundle, so it cannot vouch for reviews; name that one by --key.");
    }

    private static void Vouched(VerificationReport report)
    {
        if (!report.IsVerified)
        {
            throw new ApprovalInputException("the bundle does not verify, so nothing is said of its commit: "
                + (report.Findings.Count > 0 ? report.Findings[0].ToString() : string.Join("; ", report.Notes)));
        }
    }
}
