using Kfm.Agent.Autonomy;
using Kfm.Agent.PullRequests;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.GitHub;

/// <summary>Writes to the pull request of a sealed bundle what holds now: status, comment, text, labels, reviewers. It says of other commits nothing.</summary>
internal sealed class GitHubUpdate(GitHubSession session, RunBundle bundle, VerificationReport report, PeopleFile? people)
{
    private const string Prefix = "kfm:";
    private readonly RunView _view = RunView.Of(bundle);

    /// <summary>Brings the pull request up to date.</summary>
    /// <exception cref="GitHubException">The record names no pull request or another repository, or GitHub refuses.</exception>
    public async Task<GitHubOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var trace = _view.Graph.Trace;
        var number = GitHubDraft.Number(trace.PullRequest ?? throw new GitHubException("", null, "the record names no pull request; run the proposal with --github or --pull-request."));
        if (!session.Options.Repository.MayBe(trace.Repository))
        {
            throw new GitHubException("", null, $"the record is about {trace.Repository}, and not about {session.Options.Repository}.");
        }

        var pull = await session.Client.GetPullRequestAsync(number, cancellationToken);
        var status = Status();

        // First of all the status, because it is what keeps a merge away.
        await session.Client.SetStatusAsync(trace.HeadCommit, GateStatus.Context, status.State, status.Description, cancellationToken);
        var comment = Comment(status, pull);
        await session.Client.PutCommentAsync(number, GateComment.Marker, comment.Write(), cancellationToken);
        if (pull.Body.StartsWith(GitHubDraft.Marker, StringComparison.Ordinal) && !comment.IsStale)
        {
            await session.Client.DescribeAsync(number, GitHubDraft.Title(_view.Title), GitHubText.Body(GitHubDraft.Marker, bundle.Text(BundleFiles.Body)), cancellationToken);
        }

        await session.Client.PutLabelsAsync(number, Prefix, [.. Labels(status, comment.IsStale)], cancellationToken);
        var refused = comment.IsStale || status.State is GitHubStatusState.Failure or GitHubStatusState.Error
            ? []
            : await session.Client.RequestReviewersAsync(pull, Reviewers(), cancellationToken);
        return new GitHubOutcome(number, status, comment.IsStale, pull.Head, refused);
    }

    private GateStatus Status()
    {
        var cause = VerdictReasons.Of(_view.Graph).FirstCause;
        return GateStatus.Of(report.IsVerified && Enum.TryParse<Verdict>(report.Effective, ignoreCase: true, out var effective) ? effective : null, Missing(), cause);
    }

    // Where nobody could count approvals, all that are required are missing.
    private IReadOnlyList<string> Missing() => report.Effective == "allow" ? [] : report.Approvals?.Missing ?? _view.RequiredApprovals;

    private GateComment Comment(GateStatus status, GitHubPullRequest pull) => new()
    {
        Status = status,
        Verdict = _view.Decided.Verdict,
        Head = _view.Graph.Trace.HeadCommit,
        Present = pull.Head,
        Approvals = [.. (report.IsVerified ? report.Approvals?.Granted ?? [] : []).Select(a => (a.Role, a.Person, report.Approvals!.By(a)))],
        Missing = report.Effective == "review" ? Missing() : [],
        Payload = bundle.Bytes(BundleFiles.Comment),
    };

    private IEnumerable<GitHubLabel> Labels(GateStatus status, bool stale)
    {
        yield return new("kfm:ai-proposal", "5319e7", "Written by an AI agent, judged by Kfm");
        yield return status.State switch
        {
            GitHubStatusState.Success => new("kfm:allow", "0e8a16", "The gate allows it and nothing is missing"),
            GitHubStatusState.Pending => new("kfm:review", "fbca04", "The gate asks for approvals that are missing"),
            GitHubStatusState.Failure => new("kfm:deny", "b60205", "The gate denies it"),
            _ => new("kfm:unverified", "b60205", "The bundle does not verify"),
        };
        if (_view.Facts.Label("risk.tier") is { } tier)
        {
            yield return new("kfm:risk-" + tier, "c5def5", "The risk tier of the change");
        }

        if (stale)
        {
            yield return new("kfm:stale", "d93f0b", "Something was pushed that nobody has judged");
        }
    }

    /// <summary>The owners of the changed paths, and the people who have a role that is missing.</summary>
    private string[] Reviewers()
    {
        var excluded = _view.Graph.Facts.Of<AssociatedWith>().Where(a => a.Role is "author" or "proposer").Select(a => a.Actor).ToHashSet(StringComparer.Ordinal);
        var missing = Missing();
        var byRole = (people?.People ?? []).Where(p => !excluded.Contains(p.Id) && p.Roles.Any(r => missing.Contains(r, StringComparer.Ordinal))).Select(p => p.GitHub).OfType<string>();
        return [.. _view.Owners.Where(o => o.StartsWith('@')).Select(o => o[1..]).Concat(byRole)];
    }
}
