namespace Kfm.Agent.Configuration;

/// <summary>A pattern over paths: <c>*</c> and <c>?</c> inside a name, <c>**</c> over names, <c>{a,b}</c> for alternatives.</summary>
/// <remarks>
/// Case counts and the whole path must match. <c>**</c> stands alone between slashes and matches any number of names, none included;
/// a pattern that ends in <c>/**</c> matches everything below a folder. Alternatives do not nest and multiply to at most 64
/// patterns. Matching takes time in the order of pattern length times path length.
/// </remarks>
public sealed class Glob
{
    private const int MaxLength = 1024;
    private const int MaxAlternatives = 64;
    private readonly string[][] _alternatives;

    private Glob(string pattern, string[][] alternatives)
    {
        Pattern = pattern;
        _alternatives = alternatives;
    }

    /// <summary>The pattern as it was given.</summary>
    public string Pattern { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern; at most 1,024 characters, with <c>/</c> between names.</param>
    /// <exception cref="GlobFormatException">The pattern is not one.</exception>
    public static Glob Parse(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length is 0 or > MaxLength)
        {
            throw new GlobFormatException(pattern, 0, $"a pattern has 1 to {MaxLength} characters");
        }

        var bad = pattern.AsSpan().IndexOfAny("[]!\\");
        if (bad >= 0)
        {
            throw new GlobFormatException(pattern, bad, $"'{pattern[bad]}' is not supported; use *, ?, ** and {{a,b}}");
        }

        var alternatives = Expand(pattern).Select(p => p.Split('/')).ToArray();
        var mixed = Array.Exists(alternatives, names => Array.Exists(names, n => n is not "**" && n.Contains("**", StringComparison.Ordinal)));
        return mixed
            ? throw new GlobFormatException(pattern, pattern.IndexOf("**", StringComparison.Ordinal), "'**' stands alone between slashes")
            : new Glob(pattern, alternatives);
    }

    /// <summary>Whether a path matches.</summary>
    /// <param name="path">The path from the root, with <c>/</c> between names.</param>
    public bool IsMatch(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var names = path.Split('/');
        return Array.Exists(_alternatives, a => Wildcards.IsMatch(a, names, p => p is "**", MatchesName));
    }

    /// <summary>The pattern as it was given.</summary>
    public override string ToString() => Pattern;

    private static bool MatchesName(string pattern, string name) =>
        Wildcards.IsMatch<char, char>(pattern.ToCharArray(), name.ToCharArray(), p => p is '*', (p, c) => p is '?' || p == c);

    private static List<string> Expand(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        var close = pattern.IndexOf('}', StringComparison.Ordinal);
        if (open < 0 && close < 0)
        {
            return [pattern];
        }

        if (open < 0 || close < open || pattern.IndexOf('{', open + 1) is var inner && inner >= 0 && inner < close)
        {
            throw new GlobFormatException(pattern, Math.Max(open, 0), "braces do not pair, or nest");
        }

        var tails = Expand(pattern[(close + 1)..]);
        var expanded = pattern[(open + 1)..close].Split(',').SelectMany(a => tails.Select(t => pattern[..open] + a + t)).ToList();
        return expanded.Count <= MaxAlternatives ? expanded : throw new GlobFormatException(pattern, open, $"more than {MaxAlternatives} alternatives");
    }
}
