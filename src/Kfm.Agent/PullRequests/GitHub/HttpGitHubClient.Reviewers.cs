namespace Kfm.Agent.PullRequests.GitHub;

/// <content>Who is asked for a review.</content>
public sealed partial class HttpGitHubClient
{
    /// <summary>Asks people and teams for a review who are not asked yet and have not given one; the author of the pull request is never asked.</summary>
    /// <param name="pullRequest">The pull request.</param>
    /// <param name="reviewers">Logins, and teams as <c>ORG/TEAM</c>; a team of another organisation is refused.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>Those whom GitHub does not let be asked, ordinal order: they may not read the repository, or do not exist.</returns>
    public async Task<IReadOnlyList<string>> RequestReviewersAsync(
        GitHubPullRequest pullRequest, IReadOnlyCollection<string> reviewers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pullRequest);
        ArgumentNullException.ThrowIfNull(reviewers);
        var path = Pull(pullRequest.Number) + "/requested_reviewers";
        var asked = await _exchange.GetAsync(path, GitHubJson.Default.ReviewersWire, cancellationToken).ConfigureAwait(false);
        var done = await ListReviewsAsync(pullRequest.Number, cancellationToken).ConfigureAwait(false);
        var known = asked.Users.Select(u => u.Login)
            .Concat(asked.Teams.Select(t => $"{_exchange.Options.Repository.Owner}/{t.Slug}"))
            .Concat(done.Select(r => r.Login).OfType<string>())
            .Append(pullRequest.Author ?? "")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] wanted = [.. reviewers.Distinct(StringComparer.OrdinalIgnoreCase).Where(r => !known.Contains(r)).Order(StringComparer.Ordinal)];
        if (wanted.Length == 0 || await TryAskAsync(path, wanted, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        // One who cannot be asked makes GitHub refuse all of them.
        var refused = new List<string>();
        foreach (var one in wanted)
        {
            if (wanted.Length == 1 || !await TryAskAsync(path, [one], cancellationToken).ConfigureAwait(false))
            {
                refused.Add(one);
            }
        }

        return refused;
    }

    private async Task<bool> TryAskAsync(string path, string[] reviewers, CancellationToken cancellationToken)
    {
        var owner = _exchange.Options.Repository.Owner;
        var teams = reviewers.Where(r => r.Contains('/', StringComparison.Ordinal)).ToArray();
        if (Array.Exists(teams, t => !t.StartsWith(owner + "/", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        var body = new NewReviewers([.. reviewers.Except(teams, StringComparer.Ordinal)], [.. teams.Select(t => t[(owner.Length + 1)..])]);
        var answer = await _exchange.ChangeAsync(HttpMethod.Post, path, Json(body, GitHubJson.Default.NewReviewers), repeat: true, cancellationToken).ConfigureAwait(false);
        return answer.Status != 422 && _exchange.Granted(HttpMethod.Post, path, answer).IsSuccess;
    }
}
