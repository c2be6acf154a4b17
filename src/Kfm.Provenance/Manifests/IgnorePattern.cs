using System.Text;

namespace Kfm.Provenance.Manifests;

/// <summary>A line of <see cref="IgnoreRules"/>, as git's wildmatch reads it.</summary>
internal sealed class IgnorePattern
{
    private readonly string[] _segments;
    private readonly bool _foldersOnly;

    private IgnorePattern(string[] segments, bool foldersOnly, bool isNegated) => (_segments, _foldersOnly, IsNegated) = (segments, foldersOnly, isNegated);

    public bool IsNegated { get; }

    /// <summary>The pattern of a line; null when the line says nothing.</summary>
    public static IgnorePattern? Parse(string line)
    {
        var text = Bytes(WithoutTrailingSpaces(line));
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var negated = text[0] == '!';
        text = negated ? text[1..] : text;
        var folders = text.EndsWith('/');
        text = folders ? text[..^1] : text;
        var anchored = text.Contains('/', StringComparison.Ordinal);
        var segments = (text.StartsWith('/') ? text[1..] : text).Split('/');
        return text.Length == 0 ? null : new(anchored ? segments : ["**", .. segments], folders, negated);
    }

    /// <summary>The UTF-8 bytes of a text, a character each: git's <c>?</c> and ranges are about bytes.</summary>
    public static string Bytes(string text) => Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public bool Fits(ReadOnlySpan<string> path, bool isFolder) => (isFolder || !_foldersOnly) && Fits(path);

    // ** takes as few segments as will do and is widened step by step; what fitted before the last ** never needs another look.
    private bool Fits(ReadOnlySpan<string> path)
    {
        var (at, pattern, starAt, starPattern) = (0, 0, -1, -1);
        while (at < path.Length)
        {
            if (pattern < _segments.Length && _segments[pattern] == "**")
            {
                // At the end it stands for something inside, so for one segment at least.
                if (pattern == _segments.Length - 1)
                {
                    return true;
                }

                (starAt, starPattern) = (at, ++pattern);
            }
            else if (pattern < _segments.Length && SegmentPattern.Fits(_segments[pattern], path[at]))
            {
                (at, pattern) = (at + 1, pattern + 1);
            }
            else if (starPattern >= 0)
            {
                (at, pattern) = (++starAt, starPattern);
            }
            else
            {
                return false;
            }
        }

        return pattern == _segments.Length;
    }

    // A space at the end counts only behind a backslash.
    private static string WithoutTrailingSpaces(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] == ' ' && !(end > 1 && line[end - 2] == '\\'))
        {
            end--;
        }

        return line[..end];
    }
}
