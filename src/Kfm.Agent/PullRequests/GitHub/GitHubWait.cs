using System.Globalization;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>How long to wait before the next attempt: GitHub's "Rate limits for the REST API", section "Exceeding the rate limit".</summary>
internal static class GitHubWait
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SecondaryLimit = TimeSpan.FromMinutes(1);

    /// <summary>After a failure in passing: doubled each time.</summary>
    public static TimeSpan AfterFailure(int attempt, TimeSpan longest) => Shorter(First * Math.Pow(2, attempt - 1), longest);

    /// <summary>After a limit was exceeded: what the answer asks for, else a minute, doubled each time.</summary>
    public static TimeSpan AfterLimit(GitHubAnswer answer, int attempt, DateTimeOffset now) =>
        Seconds(answer.RetryAfter) is { } seconds ? TimeSpan.FromSeconds(seconds)
        : answer.Remaining == "0" && Seconds(answer.Reset) is { } reset ? Until(reset, now)
        : SecondaryLimit * Math.Pow(2, attempt - 1);

    /// <summary>Whether an answer says that a limit was exceeded, and not that the token may not do this.</summary>
    public static bool IsLimit(GitHubAnswer answer) => answer.Status == 429
        || (answer.Status == 403 && (answer.RetryAfter is not null || answer.Remaining == "0"
            || answer.Message.Contains("rate limit", StringComparison.OrdinalIgnoreCase)));

    private static TimeSpan Until(long epoch, DateTimeOffset now)
    {
        // A second more, because the window ends within the one that is named.
        var wait = DateTimeOffset.UnixEpoch.AddSeconds(epoch + 1) - now;
        return wait > First ? wait : First;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static long? Seconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 100_000_000_000 ? number : null;
}
