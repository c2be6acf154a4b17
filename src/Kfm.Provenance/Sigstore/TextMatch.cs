using System.Text.RegularExpressions;

namespace Kfm.Provenance.Sigstore;

/// <summary>What a name must be: one text exactly, or all of it after a pattern. Case matters.</summary>
public sealed class TextMatch
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly string _text;
    private readonly Regex? _pattern;

    private TextMatch(string text, Regex? pattern) => (_text, _pattern) = (text, pattern);

    /// <summary>One text.</summary>
    /// <param name="text">The text, not empty.</param>
    public static TextMatch Exact(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new(text, null);
    }

    /// <summary>A regular expression for the whole text: it is anchored at both ends, whatever it says itself.</summary>
    /// <param name="pattern">The expression, without look-around and back-references, so that its time is linear.</param>
    /// <exception cref="ArgumentException">This is not such an expression.</exception>
    public static TextMatch Pattern(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        try
        {
            // Checked alone first: what closes the group early would move the anchors.
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
            return new(pattern, new Regex($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit));
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException("The pattern needs backtracking: " + e.Message, nameof(pattern), e);
        }
    }

    /// <summary>Whether a text is one of those meant.</summary>
    /// <param name="text">The text.</param>
    public bool IsMatch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _pattern is null ? string.Equals(text, _text, StringComparison.Ordinal) : _pattern.IsMatch(text);
    }

    /// <summary>The text, or the pattern between slashes.</summary>
    public override string ToString() => _pattern is null ? _text : $"/{_text}/";
}
