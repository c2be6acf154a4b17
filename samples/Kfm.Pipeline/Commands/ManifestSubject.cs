using Kfm.Provenance.Manifests;
using Kfm.Provenance.Packaging;

namespace Kfm.Pipeline.Commands;

/// <summary>The folder or archive that a command line names.</summary>
internal sealed record ManifestSubject(string Path, ManifestOptions Options)
{
    private ArchiveReadOptions Limits => new() { CancellationToken = Options.CancellationToken };

    public ArtifactManifest Manifest()
    {
        if (Directory.Exists(Path))
        {
            return ArtifactManifest.OfDirectory(Path, Options);
        }

        using var archive = ArchiveReader.Open(Path, Limits);
        return ArtifactManifest.OfArchive(archive, Options);
    }

    public string GitTree(GitObjectFormat format)
    {
        if (Directory.Exists(Path))
        {
            return Kfm.Provenance.Manifests.GitTree.IdOfDirectory(Path, format, Options);
        }

        using var archive = ArchiveReader.Open(Path, Limits);
        return Kfm.Provenance.Manifests.GitTree.IdOfArchive(archive, format, Options);
    }

    /// <summary>Where it differs from a manifest, or from a list of sums, which says nothing of links and modes.</summary>
    public IReadOnlyList<ManifestDifference> Verify(string list)
    {
        var bytes = File.ReadAllBytes(list);
        if (bytes.AsSpan().StartsWith("{"u8))
        {
            return ArtifactManifest.Compare(ArtifactManifest.Parse(bytes), Manifest());
        }

        var expected = Sha256Sums.Parse(bytes).Entries;
        var manifest = Manifest();
        var sizes = manifest.Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        var told = expected.Select(e => sizes.TryGetValue(e.Path, out var there)
            ? there with { Digest = e.Digest, LinkTarget = null, Size = there.LinkTarget is null ? there.Size : 0 }
            : new ManifestEntry(e.Path, 0, e.Digest));
        return ArtifactManifest.Compare(new(told), manifest);
    }

    /// <summary>Where another differs from it, and why.</summary>
    public IReadOnlyList<ManifestDifference> Compare(string other)
    {
        var differences = ArtifactManifest.Compare(Manifest(), (this with { Path = other }).Manifest());
        if (Directory.Exists(Path) && Directory.Exists(other))
        {
            return [.. differences.Select(d => Explained(d, DifferenceExplainer.Explain(System.IO.Path.Combine(Path, d.Path), System.IO.Path.Combine(other, d.Path))))];
        }

        // Equal contents do not make equal archives.
        return File.Exists(Path) && File.Exists(other) && DifferenceExplainer.Explain(Path, other) is { Count: > 0 } causes && !IsSame(Path, other)
            ? [.. differences, new ManifestDifference(DifferenceKind.Changed, System.IO.Path.GetFileName(other), string.Join("; ", causes))]
            : differences;
    }

    private static ManifestDifference Explained(ManifestDifference difference, IReadOnlyList<string> causes) =>
        causes.Count == 0 ? difference : difference with { Detail = $"{difference.Detail}; {string.Join("; ", causes)}" };

    private static bool IsSame(string one, string other) => Kfm.Provenance.Digests.Digest.OfFile(one) == Kfm.Provenance.Digests.Digest.OfFile(other);
}
