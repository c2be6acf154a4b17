using System.Text;
using System.Text.RegularExpressions;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Configuration;

/// <summary>A pattern of paths below the root of a tree, with forward slashes.</summary>
/// <remarks>
/// <c>*</c> and <c>?</c> stand for characters of one name, <c>**</c> as a whole segment for any number of folders; every other
/// character is itself. Letter case counts. A pattern without a slash is a path at the root, not a name anywhere.
/// </remarks>
public sealed class PathGlob
{
    private readonly Regex _pattern;

    /// <summary>Creates a pattern.</summary>
    /// <param name="pattern">The pattern: relative, without empty, <c>.</c> or <c>..</c> segments and without backslashes.</param>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is not such a pattern.</exception>
    public PathGlob(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!RelativePath.IsValid(pattern, out _))
        {
            throw new ArgumentException("A glob is a relative path with forward slashes and without '.' and '..' segments.", nameof(pattern));
        }

        Pattern = pattern;
        // Foreign patterns: without backtracking the time is linear in the path.
        _pattern = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Whether a path has the pattern.</summary>
    /// <param name="path">A path from the root of the tree, with forward slashes.</param>
    public bool IsMatch(string path) => _pattern.IsMatch(path);

    /// <summary>The pattern as it was written.</summary>
    public override string ToString() => Pattern;

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        var segments = pattern.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            if (segments[i] == "**")
            {
                regex.Append(last ? "[^/]+(?:/[^/]+)*" : "(?:[^/]+/)*");
                continue;
            }

            foreach (var c in segments[i])
            {
                regex.Append(c switch { '*' => "[^/]*", '?' => "[^/]", _ => Regex.Escape(c.ToString()) });
            }

            regex.Append(last ? "" : "/");
        }

        return regex.Append(@"\z").ToString();
    }
}
