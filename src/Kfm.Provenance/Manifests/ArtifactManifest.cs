using System.Security.Cryptography;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Packaging;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// What a folder holds: every file and link with its size, digest and executable bit, sorted by the UTF-8 bytes of the path.
/// Equal trees have equal manifests, byte for byte; owners, times and empty folders do not count.
/// </summary>
public sealed class ArtifactManifest
{
    private readonly List<ManifestEntry> _entries;

    /// <summary>Creates a manifest.</summary>
    /// <param name="entries">The entries, in any order.</param>
    /// <exception cref="ManifestFormatException">Two entries have one path.</exception>
    /// <exception cref="RelativePathException">A path is not valid.</exception>
    public ArtifactManifest(IEnumerable<ManifestEntry> entries)
    {
        _entries = [.. entries.OrderBy(e => RelativePath.Require(e.Path), PathOrder.Instance)];
        for (var i = 1; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i - 1].Path, _entries[i].Path, StringComparison.Ordinal))
            {
                throw new ManifestFormatException($"Two entries have the path '{_entries[i].Path}'.", $"/entries/{i}/path");
            }
        }
    }

    /// <summary>The entries, sorted by the UTF-8 bytes of their paths.</summary>
    public IReadOnlyList<ManifestEntry> Entries => _entries;

    /// <summary>The digest of <see cref="ToJson"/>: what <c>sha256sum</c> tells for the file.</summary>
    public Digest Digest => Digest.Of(ToJson());

    /// <summary>Reads a folder, several files at once. Links are recorded and never followed.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="options">What is left out, and how many files are read at once.</param>
    /// <exception cref="RelativePathException">A name in the folder cannot stand in a manifest.</exception>
    /// <exception cref="RegularFileException">A pipe, socket or device lies in the folder; it is not read. Or a file changed meanwhile.</exception>
    /// <exception cref="IOException">Something in the folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Something in the folder may not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static ArtifactManifest OfDirectory(string root, ManifestOptions? options = null) => new(
        TreeWalk.Hash(root, options ?? ManifestOptions.Default, PathRules.Portable, () => new(HashAlgorithmName.SHA256, asBlob: false))
            .Select(Entry));

    /// <summary>Reads an archive as if it were the folder that it was made of; several entries at once.</summary>
    /// <param name="archive">The archive; folders in it do not count.</param>
    /// <param name="options">What is left out, and how many entries are read at once.</param>
    /// <exception cref="ArchiveFormatException">A content is damaged.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static ArtifactManifest OfArchive(ArchiveReader archive, ManifestOptions? options = null) => new(
        ArchiveHashes.Of(archive, options ?? ManifestOptions.Default, () => new(HashAlgorithmName.SHA256, asBlob: false)).Select(Entry));

    /// <summary>Reads a manifest.</summary>
    /// <param name="utf8">What <see cref="ToJson"/> gave; any other spelling is refused.</param>
    /// <exception cref="ManifestFormatException">The text is not a manifest.</exception>
    public static ArtifactManifest Parse(ReadOnlySpan<byte> utf8)
    {
        var manifest = ManifestJson.Read(utf8);
        return manifest.ToJson().AsSpan().SequenceEqual(utf8)
            ? manifest
            : throw new ManifestFormatException("It is not in canonical form (RFC 8785 and one line feed, entries sorted).", "");
    }

    /// <summary>The manifest as RFC 8785 JSON and one line feed.</summary>
    public byte[] ToJson() => ManifestJson.Write(this);

    /// <summary>Where one tree differs from another; empty when they are equal.</summary>
    /// <param name="expected">What should be there.</param>
    /// <param name="actual">What is there.</param>
    /// <returns>The differences, sorted by path.</returns>
    public static IReadOnlyList<ManifestDifference> Compare(ArtifactManifest expected, ArtifactManifest actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        var there = actual._entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        var differences = new List<ManifestDifference>();
        foreach (var entry in expected._entries)
        {
            if (!there.Remove(entry.Path, out var other))
            {
                differences.Add(new(DifferenceKind.Missing, entry.Path));
            }
            else if (entry != other)
            {
                differences.Add(new(DifferenceKind.Changed, entry.Path, Detail(entry, other)));
            }
        }

        differences.AddRange(there.Keys.Select(path => new ManifestDifference(DifferenceKind.Extra, path)));
        return [.. differences.OrderBy(d => d.Path, PathOrder.Instance)];
    }

    /// <summary>Where one folder differs from another; a zip archive that differs is explained by its entries.</summary>
    /// <param name="expected">The folder as it should be.</param>
    /// <param name="actual">The folder as it is.</param>
    /// <returns>The differences, sorted by path.</returns>
    /// <exception cref="RelativePathException">A name in a folder cannot stand in a manifest.</exception>
    /// <exception cref="RegularFileException">A pipe, socket or device lies in a folder; it is not opened.</exception>
    /// <exception cref="IOException">Something in a folder cannot be read.</exception>
    public static IReadOnlyList<ManifestDifference> CompareDirectories(string expected, string actual) =>
        [.. Compare(OfDirectory(expected), OfDirectory(actual)).Select(d => ArchiveComparison.Explain(d, expected, actual))];

    private static ManifestEntry Entry(KeyValuePair<string, FileHash> file) =>
        new(file.Key, file.Value.Size, Digest.FromBytes(file.Value.Hash), file.Value.IsExecutable, file.Value.LinkTarget);

    private static string Detail(ManifestEntry expected, ManifestEntry actual)
    {
        if (expected.LinkTarget != actual.LinkTarget)
        {
            return $"{What(expected)} expected, {What(actual)} found";
        }

        var parts = new List<string>();
        if (expected.Size != actual.Size)
        {
            parts.Add($"{expected.Size} bytes expected, {actual.Size} found");
        }
        else if (expected.Digest != actual.Digest)
        {
            parts.Add($"content differs in {expected.Size} bytes");
        }

        if (expected.IsExecutable != actual.IsExecutable)
        {
            parts.Add(actual.IsExecutable ? "is executable" : "is not executable");
        }

        return string.Join("; ", parts);
    }

    private static string What(ManifestEntry entry) => entry.LinkTarget is { } target ? $"a link to '{target}'" : "a file";
}
