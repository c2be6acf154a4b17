using System.Text;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// Which paths of a tree are left out, in the language of <c>.gitignore</c> (gitignore(5)): a pattern a line; <c>*</c>, <c>?</c> and
/// <c>[…]</c> do not cross <c>/</c>, <c>**</c> does; a <c>/</c> at the start or inside anchors at the root, one at the end means folders;
/// <c>!</c> takes back what an earlier pattern left out; the last pattern that fits decides; nothing below a folder that is left out comes back.
/// </summary>
public sealed class IgnoreRules
{
    private const int MaxRules = 10_000;
    private readonly List<IgnorePattern> _patterns;

    /// <summary>Reads patterns.</summary>
    /// <param name="patterns">A pattern each; empty ones and those that start with <c>#</c> say nothing.</param>
    /// <exception cref="ArgumentException">There are more than 10,000 patterns.</exception>
    public IgnoreRules(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        _patterns = [.. patterns.Select(IgnorePattern.Parse).OfType<IgnorePattern>().Take(MaxRules + 1)];
        if (_patterns.Count > MaxRules)
        {
            throw new ArgumentException($"There are more than {MaxRules} patterns.", nameof(patterns));
        }
    }

    /// <summary>Reads the text of an ignore file.</summary>
    /// <param name="utf8">The text; lines end with a line feed, a carriage return before it belongs to the pattern as it does for git.</param>
    public static IgnoreRules Parse(ReadOnlySpan<byte> utf8) => new(Encoding.UTF8.GetString(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8).Split('\n'));

    /// <summary>Whether a path is left out, by itself or by a folder above it.</summary>
    /// <param name="path">The path below the root (<see cref="RelativePath"/>).</param>
    /// <param name="isFolder">Whether the path names a folder.</param>
    public bool IsIgnored(string path, bool isFolder = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (Decides(path[..slash], isFolder: true))
            {
                return true;
            }
        }

        return Decides(path, isFolder);
    }

    /// <summary>Whether a path is left out whose folders are not.</summary>
    internal bool Decides(string path, bool isFolder)
    {
        var segments = IgnorePattern.Bytes(path).Split('/');
        for (var i = _patterns.Count - 1; i >= 0; i--)
        {
            if (_patterns[i].Fits(segments, isFolder))
            {
                return !_patterns[i].IsNegated;
            }
        }

        return false;
    }
}
