using System.Globalization;
using Kfm.Agent.Autonomy;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.GitHub;

/// <summary>
/// Takes reviews on GitHub as approvals: of the judged head, by the latest review of each login, from persons of the people file with a role that is missing. What
/// was taken before and holds no more, because the review was dismissed or followed by another, is taken away.
/// </summary>
internal sealed class ReviewImport(GitHubSession session, RunBundle bundle, EvidenceGraph graph, ApprovalContext context, LocalSigningKey key)
{
    /// <summary>Where approvals are logged.</summary>
    public required ApprovalLog Log { get; init; }

    /// <summary>Takes and takes away; says what.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(HostEnvironment host, CancellationToken cancellationToken)
    {
        var number = GitHubDraft.Number(context.PullRequest ?? "");
        var pull = await session.Client.GetPullRequestAsync(number, cancellationToken);
        var reviews = Latest(await session.Client.ListReviewsAsync(number, cancellationToken));
        var done = new List<string>();
        TakeAway(reviews, done, host);
        foreach (var review in reviews.Where(r => r.State == ReviewStatement.Approved && r.Commit == context.Head && !string.Equals(r.Login, pull.Author, StringComparison.OrdinalIgnoreCase)))
        {
            if (context.People.People.FirstOrDefault(p => string.Equals(p.GitHub, review.Login, StringComparison.OrdinalIgnoreCase)) is { } person)
            {
                Take(review, person, number, done, host);
            }
        }

        return done;
    }

    // A comment says neither yes nor no, so that what the same login said before stands.
    private static List<GitHubReview> Latest(IReadOnlyList<GitHubReview> reviews) => [.. reviews
        .Where(r => r.Login is not null && r.State is "APPROVED" or "CHANGES_REQUESTED" or "DISMISSED")
        .GroupBy(r => r.Login, StringComparer.OrdinalIgnoreCase)
        .Select(g => g.MaxBy(r => (r.Submitted ?? DateTimeOffset.MinValue, r.Id))!)
        .OrderBy(r => r.Submitted).ThenBy(r => r.Id)];

    private void Take(GitHubReview review, Person person, long number, List<string> done, HostEnvironment host)
    {
        var present = BundleApprovals.Files(bundle);
        var missing = ApprovalRules.Count(context, present).Missing;
        foreach (var role in person.Roles.Where(r => missing.Contains(r, StringComparer.Ordinal)).Order(StringComparer.Ordinal))
        {
            var approval = new ApprovalStatement(context.Decision, context.Head, role, person.Id, EvidenceTime.Truncate(review.Submitted ?? host.Time.GetUtcNow()));
            var statement = new ReviewStatement(approval, session.Options.Repository.ToString(), number, review.Id, person.GitHub!);
            var envelope = DsseEnvelope.Sign(ApprovalStatement.PayloadType, statement.ToUtf8(), key).ToJson();
            var file = new ApprovalFile(BundleApprovals.Name(role, envelope, ReviewStatement.Extension), envelope);
            var refused = ApprovalRules.Count(context, [.. present, file]).Refused.FirstOrDefault(r => r.Name == file.Name);
            if (refused is not null)
            {
                done.Add($"review {review.Id} of {person.Id} does not count: {refused.Reason}");
                continue;
            }

            Append(file, statement, "approved", host);
            bundle.Write(file.Name, envelope);
            done.Add($"approved as {role} by {person.Id}, review {review.Id}");
            return;
        }
    }

    private void TakeAway(List<GitHubReview> reviews, List<string> done, HostEnvironment host)
    {
        foreach (var file in BundleApprovals.Files(bundle).Where(f => f.Name.EndsWith(ReviewStatement.Extension, StringComparison.Ordinal)))
        {
            var statement = ReviewStatement.Parse(DsseEnvelope.Parse(file.Envelope).Payload.Span);
            if (!reviews.Exists(r => r.Id == statement.Review && r.State == ReviewStatement.Approved && r.Commit == context.Head))
            {
                Append(file, statement, "withdrawn", host);
                File.Delete(bundle.PathOf(file.Name));
                done.Add($"no more approved as {statement.Approval.Role} by {statement.Approval.Person}, review {statement.Review} holds no more");
            }
        }

        // A bundle has no empty directories.
        var folder = bundle.PathOf(BundleFiles.Approvals);
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    private void Append(ApprovalFile file, ReviewStatement statement, string state, HostEnvironment host) => Log.Append(
        graph,
        context.Decision,
        Digest.Of(file.Envelope.Span),
        EvidenceTime.Truncate(host.Time.GetUtcNow()),
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["person"] = statement.Approval.Person,
            ["role"] = statement.Approval.Role,
            ["review"] = statement.Review.ToString(CultureInfo.InvariantCulture),
            ["state"] = state,
        },
        host);
}
