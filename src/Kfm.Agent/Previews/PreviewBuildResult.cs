using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Previews;

/// <summary>What two builds of the same tree came to.</summary>
/// <param name="Succeeded">The check <c>build.succeeded</c>: both builds ended well and made artifacts.</param>
/// <param name="Reproducible">The check <c>build.reproducible</c>: both made the same files, bit for bit.</param>
/// <param name="Locked">The check <c>build.locked</c>: every dependency was restored as a committed lock file says.</param>
/// <param name="Isolation">How the commands were isolated: <c>bubblewrap</c>, <c>namespaces</c> or <c>none</c>.</param>
public sealed record PreviewBuildResult(CheckResult Succeeded, CheckResult Reproducible, CheckResult Locked, string Isolation)
{
    /// <summary>Where the second build differs from the first, sorted by path; a zip archive that differs is explained by its entries.</summary>
    public IReadOnlyList<ManifestDifference> Differences { get; init; } = [];

    /// <summary>The directory with the artifacts of the first build, named as in the tree; null when there are none. It lives as long as the workspace.</summary>
    public string? ArtifactsDirectory { get; init; }

    /// <summary>What <see cref="ArtifactsDirectory"/> holds; null when there are no artifacts.</summary>
    public ArtifactManifest? Manifest { get; init; }

    /// <summary>The end of what the commands printed, without times and paths of the machine. It may hold what the repository's code prints.</summary>
    public string LogTail { get; init; } = "";
}
