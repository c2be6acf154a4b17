using System.Text;
using System.Text.Unicode;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// A list that <c>sha256sum -c</c> reads: 64 lower-case hexadecimal digits, two spaces, the path, a line feed; sorted by the
/// UTF-8 bytes of the path.
/// </summary>
public sealed class Sha256Sums
{
    private const int PathAt = 66;
    private readonly List<Sha256Sum> _entries;

    /// <summary>Creates a list.</summary>
    /// <param name="entries">The entries, in any order.</param>
    /// <exception cref="RelativePathException">A path is not valid.</exception>
    /// <exception cref="ArgumentException">Two entries have one path.</exception>
    public Sha256Sums(IEnumerable<Sha256Sum> entries)
    {
        _entries = [.. entries.OrderBy(e => RelativePath.Require(e.Path), PathOrder.Instance)];
        if (_entries.DistinctBy(e => e.Path, StringComparer.Ordinal).Count() != _entries.Count)
        {
            throw new ArgumentException("Two entries have one path.", nameof(entries));
        }
    }

    /// <summary>The entries, sorted by the UTF-8 bytes of their paths.</summary>
    public IReadOnlyList<Sha256Sum> Entries => _entries;

    /// <summary>Hashes the files of a folder.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="isCovered">Whether a path belongs to the list; null for all.</param>
    /// <exception cref="RelativePathException">A name cannot stand in the list, or is a link.</exception>
    /// <exception cref="RegularFileException">A pipe, socket or device lies in the folder; it is not opened.</exception>
    /// <exception cref="IOException">Something in the folder cannot be read.</exception>
    public static Sha256Sums OfDirectory(string root, Func<string, bool>? isCovered = null) =>
        new(TreeFile.Below(root).Where(f => isCovered?.Invoke(f.Path) ?? true).Select(f => f.Info.LinkTarget is null
            ? new Sha256Sum(f.Path, Content(f.Info.FullName))
            : throw new RelativePathException(f.Path, "it is a link")));

    /// <summary>Reads a list, strictly: no other spelling than that of <see cref="ToBytes"/>.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="Sha256SumsFormatException">The text is not such a list.</exception>
    public static Sha256Sums Parse(ReadOnlySpan<byte> utf8)
    {
        var entries = new List<Sha256Sum>();
        for (var line = 1; !utf8.IsEmpty; line++)
        {
            var end = utf8.IndexOf((byte)'\n');
            var entry = end < 0 ? throw new Sha256SumsFormatException("The line has no line feed.", line) : Entry(utf8[..end], line);
            if (entries.Count > 0 && PathOrder.Instance.Compare(entries[^1].Path, entry.Path) >= 0)
            {
                throw new Sha256SumsFormatException($"'{entry.Path}' does not sort behind the line before.", line);
            }

            entries.Add(entry);
            utf8 = utf8[(end + 1)..];
        }

        return new(entries);
    }

    /// <summary>The list in UTF-8.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        foreach (var entry in _entries)
        {
            text.Append(entry.Digest.Hex).Append("  ").Append(entry.Path).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Where a folder differs from the list; empty when it is as the list says.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="isCovered">Whether a path in the folder must be on the list; null for all. What is on the list is always checked.</param>
    /// <returns>The differences, sorted by path: missing, extra and changed files; a link is never followed and never right, a pipe,
    /// socket or device never opened and never right.</returns>
    /// <exception cref="RelativePathException">A name in the folder cannot stand in the list.</exception>
    /// <exception cref="IOException">Something in the folder cannot be read.</exception>
    public IReadOnlyList<ManifestDifference> Verify(string root, Func<string, bool>? isCovered = null)
    {
        var there = TreeFile.Below(root).ToDictionary(f => f.Path, StringComparer.Ordinal);
        var differences = new List<ManifestDifference>();
        foreach (var entry in _entries)
        {
            if (!there.Remove(entry.Path, out var file))
            {
                differences.Add(new(DifferenceKind.Missing, entry.Path));
            }
            else if (file.Info.LinkTarget is not null)
            {
                differences.Add(new(DifferenceKind.Changed, entry.Path, "is a link"));
            }
            else if (!RegularFile.Exists(file.Info.FullName))
            {
                differences.Add(new(DifferenceKind.Changed, entry.Path, "is not a regular file"));
            }
            else if (Content(file.Info.FullName) is var found && found != entry.Digest)
            {
                differences.Add(new(DifferenceKind.Changed, entry.Path, $"{entry.Digest} expected, {found} found"));
            }
        }

        differences.AddRange(there.Keys.Where(p => isCovered?.Invoke(p) ?? true).Select(p => new ManifestDifference(DifferenceKind.Extra, p)));
        return [.. differences.OrderBy(d => d.Path, PathOrder.Instance)];
    }

    private static Digest Content(string path)
    {
        using var content = RegularFile.OpenRead(path);
        return Digest.OfStream(content);
    }

    private static Sha256Sum Entry(ReadOnlySpan<byte> line, int number)
    {
        if (line.Length <= PathAt || !line[64..PathAt].SequenceEqual("  "u8) || !Utf8.IsValid(line)
            || !Digest.TryParse("sha256:" + Encoding.UTF8.GetString(line[..64]), out var digest))
        {
            throw new Sha256SumsFormatException("64 lower-case hexadecimal digits, two spaces and a path in UTF-8 are needed.", number);
        }

        var path = Encoding.UTF8.GetString(line[PathAt..]);
        return RelativePath.IsValid(path, out var reason)
            ? new(path, digest)
            : throw new Sha256SumsFormatException($"The path is not below the root: {reason}.", number);
    }
}
