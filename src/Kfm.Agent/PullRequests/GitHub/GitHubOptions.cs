namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>Where GitHub is and how patiently it is asked.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Token">The token.</param>
/// <param name="Time">The clock of the waits between attempts, and of rate limits.</param>
public sealed record GitHubOptions(GitHubRepository Repository, GitHubToken Token, TimeProvider Time)
{
    /// <summary>The address of GitHub's own REST API.</summary>
    public static Uri PublicAddress { get; } = new("https://api.github.com");

    /// <summary>The base of the REST API; https, or http to this machine itself, because the token goes there.</summary>
    /// <value><see cref="PublicAddress"/> by default; of a GitHub Enterprise Server <c>https://HOST/api/v3</c>.</value>
    public Uri BaseAddress { get; init; } = PublicAddress;

    /// <summary>How often a request is made that fails in passing, at least 1.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The longest wait before one further attempt; a limit that lasts longer is an error that says until when.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one answer may take, its body included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes of one answer.</summary>
    public int MaxResponseBytes { get; init; } = 8 << 20;

    /// <summary>The most pages of one list; GitHub gives up to 100 items a page.</summary>
    public int MaxPages { get; init; } = 50;
}
