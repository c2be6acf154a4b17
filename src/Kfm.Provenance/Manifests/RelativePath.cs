using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// The one spelling of a path below a root that Kfm's formats accept: segments with <c>/</c> between them, none of them empty,
/// <c>.</c> or <c>..</c>; no backslash, no drive letter, no control character; well-formed Unicode; at most 4096 bytes of UTF-8.
/// </summary>
public static class RelativePath
{
    /// <summary>The longest path, in bytes of UTF-8.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Whether a text is such a path.</summary>
    /// <param name="path">The text.</param>
    /// <param name="reason">Why it is not one.</param>
    public static bool IsValid(string path, [NotNullWhen(false)] out string? reason) => IsValid(path, PathRules.Portable, out reason);

    /// <summary>Whether a text is a path under given rules; empty, <c>.</c> and <c>..</c> segments are never allowed.</summary>
    /// <param name="path">The text.</param>
    /// <param name="rules">Which names are allowed.</param>
    /// <param name="reason">Why it is not one.</param>
    public static bool IsValid(string path, PathRules rules, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(path);
        reason = Fault(path, rules);
        return reason is null;
    }

    /// <summary>Gives the path back when it is valid.</summary>
    /// <param name="path">The text.</param>
    /// <param name="rules">Which names are allowed.</param>
    /// <exception cref="RelativePathException">The text is not such a path.</exception>
    public static string Require(string path, PathRules rules = PathRules.Portable) =>
        IsValid(path, rules, out var reason) ? path : throw new RelativePathException(path, reason);

    /// <summary>The absolute path of what a relative path names; nothing on the way, nor the last segment, may be a link.</summary>
    /// <param name="root">The folder that the path is below.</param>
    /// <param name="path">The relative path; what it names need not exist.</param>
    /// <exception cref="RelativePathException">The path is not valid, or leads through a link.</exception>
    public static string Resolve(string root, string path)
    {
        var at = Path.GetFullPath(root);
        foreach (var segment in Require(path).Split('/'))
        {
            at = Path.Combine(at, segment);
            if (new FileInfo(at).LinkTarget is not null)
            {
                throw new RelativePathException(path, $"'{segment}' is a link, and links are not followed");
            }
        }

        return at;
    }

    private static string? Fault(string path, PathRules rules)
    {
        if (path.Length == 0)
        {
            return "it is empty";
        }

        if (rules == PathRules.Unix)
        {
            return path[0] == '/' ? "it is absolute" : path.Contains('\0') ? "it has a NUL" : SegmentFault(path) ?? Utf8Fault(path);
        }

        return PortableFault(path) ?? SegmentFault(path) ?? Utf8Fault(path);
    }

    private static string? PortableFault(string path)
    {
        foreach (var c in path)
        {
            if (c == '\\' || char.IsControl(c))
            {
                return c == '\\' ? "it has a backslash" : $"it has the control character U+{(int)c:X4}";
            }
        }

        if (path[0] == '/' || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])))
        {
            return "it is absolute";
        }

        return null;
    }

    private static string? SegmentFault(string path)
    {
        foreach (var range in path.AsSpan().Split('/'))
        {
            var segment = path.AsSpan(range);
            if (segment.IsEmpty || segment is "." or "..")
            {
                return segment.IsEmpty ? "it has an empty segment" : $"it has the segment '{segment}'";
            }
        }

        return null;
    }

    private static string? Utf8Fault(string path)
    {
        foreach (var rune in path.EnumerateRunes())
        {
            // The enumeration tells a lone surrogate as U+FFFD; so does a file system for a name that is not UTF-8.
            if (rune == Rune.ReplacementChar)
            {
                return "it is not well-formed Unicode";
            }
        }

        return Encoding.UTF8.GetByteCount(path) > MaxBytes ? $"it is longer than {MaxBytes} bytes" : null;
    }
}
