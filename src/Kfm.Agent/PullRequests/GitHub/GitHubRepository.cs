namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>The name of a repository on GitHub.</summary>
/// <param name="Owner">The user or organisation.</param>
/// <param name="Name">The name of the repository.</param>
public sealed record GitHubRepository(string Owner, string Name)
{
    /// <summary>Reads <c>OWNER/REPO</c>: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 100 characters each.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="GitHubException">The text is something else.</exception>
    public static GitHubRepository Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var owner, var name] && IsName(owner) && IsName(name)
            ? new GitHubRepository(owner, name)
            : throw new GitHubException("", null, "a repository is named OWNER/REPO, of letters, digits, '-', '_' and '.'.");
    }

    /// <summary>Whether the URI of a repository may be this one: its path is, or it is no web address at all.</summary>
    /// <param name="uri">The URI of the repository, as the record has it.</param>
    public bool MayBe(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "ssh" or "git"))
        {
            return true;
        }

        var path = address.AbsolutePath.Trim('/');
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path;
        return path.EndsWith(ToString(), StringComparison.OrdinalIgnoreCase)
            && (path.Length == ToString().Length || path[^(ToString().Length + 1)] == '/');
    }

    /// <summary><c>OWNER/REPO</c>.</summary>
    public override string ToString() => Owner + "/" + Name;

    private static bool IsName(string text) => text.Length is > 0 and <= 100 && text is not ("." or "..")
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
