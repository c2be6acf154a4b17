using System.Text;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>A token for GitHub. Its text goes into the header of requests and nowhere else; <see cref="ToString"/> does not give it.</summary>
public sealed class GitHubToken
{
    private const int Longest = 4096;
    private const int Shortest = 8;

    private GitHubToken(string value) => Value = value;

    /// <summary>The token itself.</summary>
    internal string Value { get; }

    /// <summary>Takes a token.</summary>
    /// <param name="text">The token: 8 to 4,096 visible ASCII characters; white space around it is left out.</param>
    /// <exception cref="GitHubException">The text is no token; it is not quoted.</exception>
    public static GitHubToken Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var value = text.Trim();
        return value.Length is >= Shortest and <= Longest && value.All(c => c is > ' ' and < '\x7f')
            ? new GitHubToken(value)
            : throw new GitHubException("", null, $"the token has not {Shortest} to {Longest} visible ASCII characters; set it again.");
    }

    /// <summary>The text without the token, also where it stands in base64 as git sends it.</summary>
    /// <param name="text">A text from outside, such as an error of a server or of git.</param>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text
            .Replace(Value, "[token]", StringComparison.Ordinal)
            .Replace(BasicCredentials, "[token]", StringComparison.Ordinal);
    }

    /// <summary>Whether a text holds the token.</summary>
    /// <param name="text">The text.</param>
    public bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(Value, StringComparison.Ordinal) || text.Contains(BasicCredentials, StringComparison.Ordinal);
    }

    /// <summary>Says that it is a token, and not which.</summary>
    public override string ToString() => "[token]";

    /// <summary>What git sends to GitHub: RFC 7617 with the user name that GitHub takes for every kind of token.</summary>
    internal string BasicCredentials => Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:" + Value));
}
