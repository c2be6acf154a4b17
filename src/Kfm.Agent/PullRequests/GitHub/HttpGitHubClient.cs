using System.Globalization;
using System.Text.Json;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>
/// What Kfm does on GitHub, over its REST API of version 2022-11-28: draft pull requests, one comment, labels, reviewers, commit statuses, reviews.
/// It never merges, never enables a merge, and never takes the draft away. Every call may be made again: it looks for what is there first.
/// </summary>
/// <remarks>
/// Requests are made one after the other. Limits (403 and 429), failures of the server and broken connections are waited for by the clock of the
/// options, within their bounds. All members throw <see cref="GitHubException"/> when GitHub refuses, is out of reach or gives an answer that is not
/// documented. Not safe for use by several threads at once.
/// </remarks>
public sealed partial class HttpGitHubClient : IDisposable
{
    private readonly HttpGitHubExchange _exchange;
    private readonly HttpMessageHandler? _own;

    /// <summary>Creates a client that connects by itself.</summary>
    /// <param name="options">Where GitHub is, and the token.</param>
    /// <exception cref="GitHubException">The base address is not one that a token may go to.</exception>
    public HttpGitHubClient(GitHubOptions options)
        : this(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) }, options) => _own = Handler;

    /// <summary>Creates a client.</summary>
    /// <param name="handler">Sends the requests; it follows no redirects and stays the caller's.</param>
    /// <param name="options">Where GitHub is, and the token.</param>
    /// <exception cref="GitHubException">The base address is not one that a token may go to.</exception>
    public HttpGitHubClient(HttpMessageHandler handler, GitHubOptions options)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        (Handler, _exchange) = (handler, new HttpGitHubExchange(handler, options));
    }

    private HttpMessageHandler Handler { get; }

    /// <summary>The name of the branch that pull requests go to unless they say another.</summary>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<string> DefaultBranchAsync(CancellationToken cancellationToken = default) =>
        (await _exchange.GetAsync(_exchange.Repository(""), GitHubJson.Default.RepositoryWire, cancellationToken).ConfigureAwait(false)).DefaultBranch;

    /// <summary>The open pull request of a branch of this repository into another, or null.</summary>
    /// <param name="branch">The head branch.</param>
    /// <param name="into">The branch that it goes to.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<GitHubPullRequest?> FindPullRequestAsync(string branch, string into, CancellationToken cancellationToken = default)
    {
        var path = _exchange.Repository($"/pulls?state=open&head={Uri.EscapeDataString(_exchange.Options.Repository.Owner + ":" + branch)}&base={Uri.EscapeDataString(into)}");
        var found = await _exchange.ListAsync(path, GitHubJson.Default.PullRequestWireArray, cancellationToken).ConfigureAwait(false);

        // GitHub leaves a filter out that it cannot read, and answers with every pull request.
        return found.Where(p => string.Equals(p.Head.Ref, branch, StringComparison.Ordinal)).Select(p => Checked(p, path)).FirstOrDefault();
    }

    /// <summary>The open pull request of a branch; when there is none, a new draft.</summary>
    /// <param name="branch">The head branch, which is on GitHub.</param>
    /// <param name="into">The branch that it goes to.</param>
    /// <param name="title">The title.</param>
    /// <param name="body">The text, GitHub Flavored Markdown.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="GitHubException">The repository has no drafts, or GitHub opened something else than a draft.</exception>
    public Task<GitHubPullRequest> OpenDraftAsync(string branch, string into, string title, string body, CancellationToken cancellationToken = default) =>
        _exchange.FindOrCreateAsync(
            () => FindPullRequestAsync(branch, into, cancellationToken),
            () => CreateDraftAsync(new NewPullRequest(title, branch, into, body, Draft: true), cancellationToken),
            cancellationToken);

    /// <summary>A pull request.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<GitHubPullRequest> GetPullRequestAsync(long number, CancellationToken cancellationToken = default)
    {
        var path = Pull(number);
        return Checked(await _exchange.GetAsync(path, GitHubJson.Default.PullRequestWire, cancellationToken).ConfigureAwait(false), path);
    }

    /// <summary>Writes title and text of a pull request.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="title">The title.</param>
    /// <param name="body">The text, GitHub Flavored Markdown.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task DescribeAsync(long number, string title, string body, CancellationToken cancellationToken = default) =>
        await ChangeAsync(HttpMethod.Patch, Pull(number), Json(new ChangedPullRequest(title, body), GitHubJson.Default.ChangedPullRequest), repeat: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Sets a status of a commit, unless it is the newest of its context already.</summary>
    /// <param name="commit">The commit: 40 hexadecimal digits.</param>
    /// <param name="context">The name of the check, such as <c>kfm/gate</c>.</param>
    /// <param name="state">What it says.</param>
    /// <param name="description">Why, in at most 140 characters; the rest is cut.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether a status was written.</returns>
    public async Task<bool> SetStatusAsync(string commit, string context, GitHubStatusState state, string description, CancellationToken cancellationToken = default)
    {
        var wanted = new StatusWire(state.ToString().ToLowerInvariant(), context, description.Length > 140 ? description[..139] + "…" : description);
        var path = _exchange.Repository($"/commits/{Commit(commit)}/statuses");
        var present = await _exchange.ListAsync(path, GitHubJson.Default.StatusWireArray, cancellationToken).ConfigureAwait(false);
        if (present.FirstOrDefault(s => string.Equals(s.Context, context, StringComparison.OrdinalIgnoreCase)) is { } newest
            && newest == wanted with { Context = newest.Context })
        {
            return false;
        }

        await ChangeAsync(HttpMethod.Post, _exchange.Repository($"/statuses/{commit}"), Json(wanted, GitHubJson.Default.StatusWire), repeat: true, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The reviews of a pull request, oldest first.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<IReadOnlyList<GitHubReview>> ListReviewsAsync(long number, CancellationToken cancellationToken = default)
    {
        var reviews = await _exchange.ListAsync(Pull(number) + "/reviews", GitHubJson.Default.ReviewWireArray, cancellationToken).ConfigureAwait(false);
        return [.. reviews.Select(r => new GitHubReview(r.Id, r.User?.Login, r.State, r.CommitId, r.SubmittedAt))];
    }

    /// <summary>Closes the connections that the client opened by itself.</summary>
    public void Dispose()
    {
        _exchange.Dispose();
        _own?.Dispose();
    }

    private async Task<GitHubPullRequest> CreateDraftAsync(NewPullRequest draft, CancellationToken cancellationToken)
    {
        var path = _exchange.Repository("/pulls");
        var answer = await _exchange.ChangeAsync(HttpMethod.Post, path, Json(draft, GitHubJson.Default.NewPullRequest), repeat: false, cancellationToken).ConfigureAwait(false);
        var made = Checked(_exchange.Read(HttpMethod.Post, path, _exchange.Granted(HttpMethod.Post, path, answer), GitHubJson.Default.PullRequestWire), path);
        return made.IsDraft ? made : throw new GitHubException("POST " + path, answer.Status, "it opened something else than a draft; Kfm proposes drafts only.");
    }

    private async Task<GitHubAnswer> ChangeAsync(HttpMethod method, string path, byte[]? body, bool repeat, CancellationToken cancellationToken) =>
        _exchange.Granted(method, path, await _exchange.ChangeAsync(method, path, body, repeat, cancellationToken).ConfigureAwait(false));

    private string Pull(long number) => _exchange.Repository(string.Create(CultureInfo.InvariantCulture, $"/pulls/{number}"));

    private string Issue(long number) => _exchange.Repository(string.Create(CultureInfo.InvariantCulture, $"/issues/{number}"));

    private static byte[] Json<T>(T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> contract) => JsonSerializer.SerializeToUtf8Bytes(document, contract);

    private static GitHubPullRequest Checked(PullRequestWire wire, string path) => wire.Number > 0 && IsCommit(wire.Head.Sha)
        ? new GitHubPullRequest(wire.Number, wire.Head.Sha, wire.Head.Ref, wire.User?.Login, wire.Draft, wire.State == "open") { Body = wire.Body ?? "" }
        : throw new GitHubException("GET " + path.Split('?')[0], null, "the answer has a pull request without a number or a commit.");

    private static string Commit(string id) => IsCommit(id) ? id : throw new ArgumentException("A commit has 40 lower-case hexadecimal digits.", nameof(id));

    private static bool IsCommit(string id) => id.Length == 40 && id.All(char.IsAsciiHexDigitLower);
}
