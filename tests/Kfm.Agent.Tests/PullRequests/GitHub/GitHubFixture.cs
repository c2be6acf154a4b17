using Kfm.Agent.PullRequests.GitHub;
using Kfm.Testing.GitHub;

namespace Kfm.Agent.Tests.PullRequests.GitHub;

/// <summary>A client, the server that it asks, and a clock whose waits are over at once.</summary>
internal sealed class GitHubFixture : IDisposable
{
    public GitHubFixture(Func<GitHubOptions, GitHubOptions>? change = null)
    {
        var options = new GitHubOptions(GitHubRepository.Parse("acme/widgets"), GitHubToken.Parse(Server.Token), Time) { BaseAddress = Server.Address, RequestTimeout = TimeSpan.FromSeconds(10) };
        Client = new HttpGitHubClient(change?.Invoke(options) ?? options);
    }

    public FakeGitHub Server { get; } = new();

    public WaitingTimeProvider Time { get; } = new();

    public HttpGitHubClient Client { get; }

    public Task<GitHubPullRequest> OpenAsync(string branch = "ai/proposal/1") => Client.OpenDraftAsync(branch, "main", "title", "body");

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
