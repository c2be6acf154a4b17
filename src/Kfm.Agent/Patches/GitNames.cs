using System.Text;

namespace Kfm.Agent.Patches;

/// <summary>Names that HFS+, APFS or NTFS take for one of git's own (git's is_hfs_dotgit and is_ntfs_dotgit).</summary>
internal static class GitNames
{
    /// <summary>Whether a file system may take the name for <c>.git</c>.</summary>
    public static bool IsGitDirectory(string name) => IsTakenFor(name, ".git", "git~1");

    /// <summary>Whether a file system may take the name for <c>.gitmodules</c>.</summary>
    public static bool IsModules(string name) => IsTakenFor(name, ".gitmodules", "gitmod~1") || IsHashedShort(name, "gi7eba");

    /// <summary>Whether a file system may take the name for <c>.gitattributes</c>.</summary>
    public static bool IsAttributes(string name) => IsTakenFor(name, ".gitattributes", "gitatt~1") || IsHashedShort(name, "gi7d29");

    private static bool IsTakenFor(string name, string wanted, string shortName)
    {
        var folded = Fold(name);
        return folded.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            || (folded.Length == shortName.Length
                && folded.StartsWith(shortName[..^1], StringComparison.OrdinalIgnoreCase)
                && char.IsAsciiDigit(folded[^1]));
    }

    // NTFS falls back to short names of the kind GI7EBA~1, made of two letters and a hash.
    private static bool IsHashedShort(string name, string stem) =>
        Fold(name) is var folded && folded.Length == 8 && folded.StartsWith(stem + "~", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without what HFS+ ignores, and without the stream, dots and spaces that NTFS drops at the end.</summary>
    private static string Fold(string name)
    {
        var kept = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!IsIgnoredByHfs(c))
            {
                kept.Append(c);
            }
        }

        var text = kept.ToString();
        var stream = text.IndexOf(':', StringComparison.Ordinal);
        return (stream < 0 ? text : text[..stream]).TrimEnd(' ', '.');
    }

    private static bool IsIgnoredByHfs(char c) =>
        c is (>= '\u200C' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u206A' and <= '\u206F') or '\uFEFF';
}
