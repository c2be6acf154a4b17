namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>Reads the header <c>link</c> (RFC 8288), as GitHub writes it for pages.</summary>
internal static class GitHubLink
{
    /// <summary>The address of the next page, or null when this is the last one.</summary>
    public static string? Next(string header)
    {
        foreach (var part in header.Split(','))
        {
            var (open, close) = (part.IndexOf('<', StringComparison.Ordinal), part.IndexOf('>', StringComparison.Ordinal));
            if (open >= 0 && close > open && part[close..].Split(';').Skip(1).Any(IsNext))
            {
                return part[(open + 1)..close];
            }
        }

        return null;
    }

    private static bool IsNext(string parameter) => parameter.Trim() is "rel=\"next\"" or "rel=next";
}
