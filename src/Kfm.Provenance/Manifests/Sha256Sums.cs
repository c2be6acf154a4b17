using System.Security.Cryptography;
using System.Text;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// A list that <c>sha256sum -c</c> reads: 64 lower-case hexadecimal digits, two spaces, the path, a line feed; sorted by the
/// UTF-8 bytes of the path. Under <see cref="PathRules.Unix"/> a line whose path has a backslash, line feed or carriage return starts with a
/// backslash and spells them <c>\\</c>, <c>\n</c> and <c>\r</c>, as GNU coreutils does.
/// </summary>
public sealed class Sha256Sums
{
    private readonly List<Sha256Sum> _entries;
    private readonly PathRules _rules;

    /// <summary>Creates a list.</summary>
    /// <param name="entries">The entries, in any order.</param>
    /// <param name="rules">Which names are allowed.</param>
    /// <exception cref="RelativePathException">A path is not valid.</exception>
    /// <exception cref="ArgumentException">Two entries have one path.</exception>
    public Sha256Sums(IEnumerable<Sha256Sum> entries, PathRules rules = PathRules.Portable)
    {
        _rules = rules;
        _entries = [.. entries.OrderBy(e => RelativePath.Require(e.Path, rules), PathOrder.Instance)];
        for (var i = 1; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i - 1].Path, _entries[i].Path, StringComparison.Ordinal))
            {
                throw new ArgumentException("Two entries have one path.", nameof(entries));
            }
        }
    }

    /// <summary>The entries, sorted by the UTF-8 bytes of their paths.</summary>
    public IReadOnlyList<Sha256Sum> Entries => _entries;

    /// <summary>Hashes the files of a folder, several at once.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="isCovered">Whether a path belongs to the list; null for all. What does not is not opened.</param>
    /// <param name="rules">Which names are allowed.</param>
    /// <param name="options">What is left out, and how many files are read at once.</param>
    /// <exception cref="RelativePathException">A name cannot stand in the list, or is a link.</exception>
    /// <exception cref="RegularFileException">A pipe, socket or device lies in the folder; it is not read. Or a file changed meanwhile.</exception>
    /// <exception cref="IOException">Something in the folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Something in the folder may not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static Sha256Sums OfDirectory(
        string root, Func<string, bool>? isCovered = null, PathRules rules = PathRules.Portable, ManifestOptions? options = null)
    {
        var files = TreeWalk.Hash(root, options ?? ManifestOptions.Default, rules, () => new(HashAlgorithmName.SHA256, asBlob: false), isCovered);
        return new(
            files.Select(f => f.Value.LinkTarget is null
                ? new Sha256Sum(f.Key, Digest.FromBytes(f.Value.Hash))
                : throw new RelativePathException(f.Key, "it is a link")),
            rules);
    }

    /// <summary>The sums of the files of a manifest.</summary>
    /// <param name="manifest">The manifest; links in it have no line, because <c>sha256sum</c> would follow them.</param>
    public static Sha256Sums OfManifest(ArtifactManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new(manifest.Entries.Where(e => e.LinkTarget is null).Select(e => new Sha256Sum(e.Path, e.Digest)));
    }

    /// <summary>Reads a list, strictly: no other spelling than that of <see cref="ToBytes"/>.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="rules">Which names are allowed.</param>
    /// <exception cref="Sha256SumsFormatException">The text is not such a list.</exception>
    public static Sha256Sums Parse(ReadOnlySpan<byte> utf8, PathRules rules = PathRules.Portable)
    {
        var entries = new List<Sha256Sum>();
        for (var line = 1; !utf8.IsEmpty; line++)
        {
            var end = utf8.IndexOf((byte)'\n');
            var entry = end < 0 ? throw new Sha256SumsFormatException("The line has no line feed.", line) : Sha256SumLine.Read(utf8[..end], rules, line);
            if (entries.Count > 0 && PathOrder.Instance.Compare(entries[^1].Path, entry.Path) >= 0)
            {
                throw new Sha256SumsFormatException($"'{entry.Path}' does not sort behind the line before.", line);
            }

            entries.Add(entry);
            utf8 = utf8[(end + 1)..];
        }

        return new(entries, rules);
    }

    /// <summary>The list in UTF-8.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        foreach (var entry in _entries)
        {
            Sha256SumLine.Write(text, entry);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Where a folder differs from the list; empty when it is as the list says.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="isCovered">Whether a path in the folder must be on the list; null for all. What is on the list is always checked.</param>
    /// <param name="options">What is left out, and how many files are read at once.</param>
    /// <returns>The differences, sorted by path: missing, extra and changed files; a link is never followed and never right, a pipe,
    /// socket or device never read and never right.</returns>
    /// <exception cref="RelativePathException">A name in the folder cannot stand in the list.</exception>
    /// <exception cref="IOException">Something in the folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Something in the folder may not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public IReadOnlyList<ManifestDifference> Verify(string root, Func<string, bool>? isCovered = null, ManifestOptions? options = null)
    {
        var how = options ?? ManifestOptions.Default;
        var there = TreeFile.Below(root, _rules, how.Ignore).ToDictionary(f => f.Path, StringComparer.Ordinal);
        var differences = new List<ManifestDifference>();
        var checks = new List<(Sha256Sum Expected, TreeFile File)>();
        foreach (var entry in _entries)
        {
            if (there.Remove(entry.Path, out var file))
            {
                checks.Add((entry, file));
            }
            else
            {
                differences.Add(new(DifferenceKind.Missing, entry.Path));
            }
        }

        differences.AddRange(there.Keys.Where(p => isCovered?.Invoke(p) ?? true).Select(p => new ManifestDifference(DifferenceKind.Extra, p)));
        differences.AddRange(Sha256SumCheck.Run(checks, how));
        return [.. differences.OrderBy(d => d.Path, PathOrder.Instance)];
    }
}
