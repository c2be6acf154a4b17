using Kfm.Gates.Scanning;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>Makes texts fit for GitHub: no secret, no hidden character, not longer than GitHub takes.</summary>
public static class GitHubText
{
    private const int LongestBody = 60_000;
    private const int LongestTitle = 250;
    private const string Cut = "\n\n(The rest was left out: GitHub takes no longer text. The bundle has all of it.)\n";

    /// <summary>A text of several lines, with a marker before it that Kfm knows it by.</summary>
    /// <param name="marker">An HTML comment, which nobody sees.</param>
    /// <param name="text">GitHub Flavored Markdown, in which foreign words stand in code only.</param>
    public static string Body(string marker, string text)
    {
        var clean = VisibleText.Of(SecretScanner.Redact(text).ReplaceLineEndings("\n"));
        return marker + "\n" + (clean.Length > LongestBody ? Whole(clean, LongestBody) + Cut : clean);
    }

    /// <summary>A text of one line.</summary>
    /// <param name="text">The text, which may be foreign.</param>
    public static string Line(string text)
    {
        var clean = VisibleText.Line(SecretScanner.Redact(text)).Trim();
        return clean.Length > LongestTitle ? Whole(clean, LongestTitle - 1) + "…" : clean;
    }

    // Not through the middle of a character of two halves.
    private static string Whole(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
