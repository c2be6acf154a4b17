using System.Globalization;

namespace Kfm.Agent.PullRequests.GitHub;

/// <content>What a pull request has as an issue: the comment and the labels.</content>
public sealed partial class HttpGitHubClient
{
    private const string Bot = "Bot";

    /// <summary>Writes the comment of a pull request: the one that begins with the marker and is the token's own, else a new one.</summary>
    /// <param name="number">The number of the pull request.</param>
    /// <param name="marker">What the text begins with: an HTML comment that nobody sees.</param>
    /// <param name="body">The text, which begins with the marker.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The id of the comment.</returns>
    /// <exception cref="ArgumentException">The text does not begin with the marker.</exception>
    public async Task<long> PutCommentAsync(long number, string marker, string body, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(marker);
        if (!body.StartsWith(marker, StringComparison.Ordinal))
        {
            throw new ArgumentException("The text begins with the marker, so that it is found again.", nameof(body));
        }

        var login = await OwnLoginAsync(cancellationToken).ConfigureAwait(false);
        var comment = await _exchange.FindOrCreateAsync(
            () => FindCommentAsync(number, marker, login, cancellationToken),
            () => AddCommentAsync(number, body, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        if (!string.Equals(comment.Body, body, StringComparison.Ordinal))
        {
            var path = _exchange.Repository(string.Create(CultureInfo.InvariantCulture, $"/issues/comments/{comment.Id}"));
            await ChangeAsync(HttpMethod.Patch, path, Json(new NewComment(body), GitHubJson.Default.NewComment), repeat: true, cancellationToken).ConfigureAwait(false);
        }

        return comment.Id;
    }

    /// <summary>Gives a pull request labels under a prefix: those that are not wanted go, those that are missing come, others are left alone.</summary>
    /// <param name="number">The number of the pull request.</param>
    /// <param name="prefix">What the names of all these labels begin with, such as <c>kfm:</c>.</param>
    /// <param name="labels">The wanted labels, all with the prefix; one that the repository does not have is made.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <exception cref="ArgumentException">A label does not have the prefix.</exception>
    public async Task PutLabelsAsync(long number, string prefix, IReadOnlyCollection<GitHubLabel> labels, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Any(l => !l.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"All labels begin with '{prefix}', so that others are left alone.", nameof(labels));
        }

        var path = Issue(number) + "/labels";
        var present = await _exchange.ListAsync(path, GitHubJson.Default.LabelWireArray, cancellationToken).ConfigureAwait(false);
        foreach (var old in present.Where(p => p.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !labels.Any(l => IsSame(l.Name, p.Name))))
        {
            var gone = $"{path}/{Uri.EscapeDataString(old.Name)}";
            var answer = await _exchange.ChangeAsync(HttpMethod.Delete, gone, null, repeat: true, cancellationToken).ConfigureAwait(false);
            _ = answer.Status == 404 ? answer : _exchange.Granted(HttpMethod.Delete, gone, answer);
        }

        var missing = labels.Where(l => !present.Any(p => IsSame(p.Name, l.Name))).ToArray();
        foreach (var label in missing)
        {
            await MakeLabelAsync(label, cancellationToken).ConfigureAwait(false);
        }

        if (missing.Length > 0)
        {
            await ChangeAsync(HttpMethod.Post, path, Json(new NewLabels([.. missing.Select(l => l.Name)]), GitHubJson.Default.NewLabels), repeat: true, cancellationToken).ConfigureAwait(false);
        }
    }

    // An app has no user. Only apps are of the type Bot, so a stranger cannot lay a comment under the marker that Kfm then takes for its own.
    private async Task<string?> OwnLoginAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _exchange.TryGetAsync("/user", GitHubJson.Default.UserWire, cancellationToken).ConfigureAwait(false))?.Login;
        }
        catch (GitHubException e) when (e.Status is 403)
        {
            return null;
        }
    }

    private async Task<CommentWire?> FindCommentAsync(long number, string marker, string? login, CancellationToken cancellationToken)
    {
        var comments = await _exchange.ListAsync(Issue(number) + "/comments", GitHubJson.Default.CommentWireArray, cancellationToken).ConfigureAwait(false);
        return comments.Find(c => c.Body is { } body && body.StartsWith(marker, StringComparison.Ordinal)
            && (login is null ? c.User?.Type == Bot : string.Equals(c.User?.Login, login, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<CommentWire> AddCommentAsync(long number, string body, CancellationToken cancellationToken)
    {
        var path = Issue(number) + "/comments";
        var answer = await ChangeAsync(HttpMethod.Post, path, Json(new NewComment(body), GitHubJson.Default.NewComment), repeat: false, cancellationToken).ConfigureAwait(false);
        return _exchange.Read(HttpMethod.Post, path, answer, GitHubJson.Default.CommentWire) with { Body = body };
    }

    private async Task MakeLabelAsync(GitHubLabel label, CancellationToken cancellationToken)
    {
        var path = _exchange.Repository("/labels");
        if (await _exchange.TryGetAsync($"{path}/{Uri.EscapeDataString(label.Name)}", GitHubJson.Default.LabelWire, cancellationToken).ConfigureAwait(false) is null)
        {
            var body = Json(new LabelWire(label.Name, label.Colour, label.Description), GitHubJson.Default.LabelWire);
            var answer = await _exchange.ChangeAsync(HttpMethod.Post, path, body, repeat: true, cancellationToken).ConfigureAwait(false);

            // Another run may have made it in between.
            _ = answer.Status == 422 && answer.Message.Contains("already_exists", StringComparison.Ordinal) ? answer : _exchange.Granted(HttpMethod.Post, path, answer);
        }
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
