namespace Kfm.Pipeline.GitHub;

/// <summary>What the caller asks for on GitHub. The token is not among it: only the name of the variable that holds it.</summary>
/// <param name="Repository">OWNER/REPO.</param>
internal sealed record GitHubRequest(string Repository)
{
    /// <summary>The base address of the API; null is GITHUB_API_URL, else GitHub's own.</summary>
    public string? Api { get; init; }

    /// <summary>The variable of the environment that holds the token.</summary>
    public string TokenVariable { get; init; } = GitHubSession.DefaultVariable;

    /// <summary>The remote that the proposal branch is pushed to.</summary>
    public string Remote { get; init; } = "origin";

    /// <summary>The branch that the pull request goes to; null is the default branch of the repository.</summary>
    public string? Into { get; init; }
}
