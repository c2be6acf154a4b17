namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>A pull request, as far as Kfm looks at one.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="Head">The commit at its head now: 40 hexadecimal digits.</param>
/// <param name="Branch">The name of its head branch.</param>
/// <param name="Author">The login of the user or app that opened it; null when the account is gone.</param>
/// <param name="IsDraft">Whether it is a draft.</param>
/// <param name="IsOpen">Whether it is neither merged nor closed.</param>
public sealed record GitHubPullRequest(long Number, string Head, string Branch, string? Author, bool IsDraft, bool IsOpen)
{
    /// <summary>Its text; empty when it has none.</summary>
    public string Body { get; init; } = "";
}
