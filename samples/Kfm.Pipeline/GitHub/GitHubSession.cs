using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.GitHub;

/// <summary>A connection to GitHub with the token that the environment holds.</summary>
internal sealed class GitHubSession : IDisposable
{
    /// <summary>The variable that holds the token unless another is named.</summary>
    public const string DefaultVariable = "GITHUB_TOKEN";

    private GitHubSession(GitHubRequest request, GitHubOptions options) => (Request, Options, Client) = (request, options, new HttpGitHubClient(options));

    /// <summary>What the caller asks for.</summary>
    public GitHubRequest Request { get; }

    /// <summary>The repository, the address and the token.</summary>
    public GitHubOptions Options { get; }

    /// <summary>The client.</summary>
    public HttpGitHubClient Client { get; }

    /// <summary>Opens the connection; nothing is asked yet.</summary>
    /// <exception cref="GitHubException">There is no token, or the names and addresses are not sound.</exception>
    public static GitHubSession Open(HostEnvironment host, GitHubRequest request)
    {
        var token = host.Variable(request.TokenVariable) is { Length: > 0 } text
            ? GitHubToken.Parse(text)
            : throw new GitHubException("", null, $"the variable {request.TokenVariable} holds no token; set it, or name another by --github-token.");
        var api = request.Api ?? (host.Variable("GITHUB_API_URL") is { Length: > 0 } set ? set : null);
        var address = api is null ? GitHubOptions.PublicAddress
            : Uri.TryCreate(api, UriKind.Absolute, out var uri) ? uri
            : throw new GitHubException("", null, "the address of the API is no absolute address.");
        return new GitHubSession(request, new GitHubOptions(GitHubRepository.Parse(request.Repository), token, host.Time) { BaseAddress = address });
    }

    public void Dispose() => Client.Dispose();
}
