using Kfm.Agent.Configuration;

namespace Kfm.Agent.PullRequests;

/// <summary>A line of a CODEOWNERS file. Matching takes time in the order of pattern length times path length.</summary>
internal sealed class CodeOwnersRule
{
    private const int LongestPattern = 1024;
    private readonly string[] _names;
    private readonly bool _folder;
    private readonly bool _direct;

    public CodeOwnersRule(string pattern, IReadOnlyList<string> owners)
    {
        // A slash at the start or within binds a pattern to the root; without one it may begin in any folder.
        var bound = pattern.TrimEnd('/').Contains('/', StringComparison.Ordinal);
        _folder = pattern.EndsWith('/');
        var names = pattern.Trim('/').Split('/');
        _direct = names[^1] == "*";
        _names = [.. bound ? [] : new[] { "**" }, .. names, .. names[^1] == "**" ? new[] { "*" } : []];
        Owners = owners;
    }

    public IReadOnlyList<string> Owners { get; }

    /// <summary>Why GitHub would not read a pattern, or null.</summary>
    public static string? Fault(string pattern) =>
        pattern.Length > LongestPattern ? $"a pattern has at most {LongestPattern} characters"
        : pattern.StartsWith('!') ? "a pattern cannot be negated"
        : pattern.StartsWith("\\#", StringComparison.Ordinal) ? "a pattern cannot begin with an escaped #"
        : pattern.AsSpan().IndexOfAny('[', ']') >= 0 ? "character ranges are not supported"
        : pattern.Trim('/').Length == 0 ? "the pattern is empty"
        : pattern.Split('/').Any(n => n.Contains("***", StringComparison.Ordinal)) ? "more than two stars stand together"
        : null;

    public bool IsMatch(string path)
    {
        string[] names = path.Split('/');

        if (!_folder && Matches(names))
        {
            return true;
        }

        // A pattern that fits a folder owns all below it. One that ends in a star alone, as "docs/*", owns what lies directly there.
        for (var length = names.Length - 1; length > 0 && !_direct; length--)
        {
            if (Matches(names[..length]))
            {
                return true;
            }
        }

        return false;
    }

    private bool Matches(string[] names) => Wildcards.IsMatch(_names, names, p => p is "**", MatchesName);

    private static bool MatchesName(string pattern, string name) =>
        Wildcards.IsMatch<char, char>(pattern.ToCharArray(), name.ToCharArray(), p => p is '*', (p, c) => p is '?' || p == c);
}
