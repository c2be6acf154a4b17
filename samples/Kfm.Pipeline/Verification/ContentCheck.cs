using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Verification;

/// <summary>The files are those that the record names: patch, artifacts, manifest, bill of materials, results.</summary>
internal static class ContentCheck
{
    // What a bundle has beside the artifacts that its record names.
    private static readonly string[] Fixed =
    [
        BundleFiles.Evidence, BundleFiles.Intent, BundleFiles.Design, BundleFiles.Patch, BundleFiles.AgentLog, BundleFiles.Manifest, BundleFiles.Sbom,
        BundleFiles.Tests, BundleFiles.Checks, BundleFiles.Prov, BundleFiles.Lineage, BundleFiles.Context, BundleFiles.Decision,
        BundleFiles.SlsaProvenance, BundleFiles.VerificationSummary, BundleFiles.SbomStatement, BundleFiles.Comment, BundleFiles.Body, BundleFiles.Focus, BundleFiles.FocusText, BundleFiles.Telemetry,
        BundleFiles.Report, BundleFiles.Sums, BundleFiles.Seal, BundleFiles.LedgerProof,
    ];

    public static void Run(VerificationRun run, EvidenceGraph graph)
    {
        var named = graph.Facts.Artifacts.Where(a => !IsElsewhere(a.Name)).ToArray();
        foreach (var artifact in named)
        {
            if (run.DigestOf(artifact.Name) is { } digest)
            {
                run.Require(digest == artifact.Digest, "artifact.digest", artifact.Name, $"the record says {artifact.Digest}, the file has {digest}");
            }
        }

        var recorded = named.Select(a => a.Name).Concat(Fixed).ToHashSet(StringComparer.Ordinal);
        foreach (var file in run.Files.Where(f => !recorded.Contains(f) && !BundleFiles.IsSigstore(f) && !BundleFiles.IsSignedLater(f)).Order(StringComparer.Ordinal))
        {
            run.Refuse("file.unknown", file, "neither the record nor the form of a bundle knows the file");
        }

        run.Check("manifest", BundleFiles.Manifest, () => Manifest(run, named));
    }

    // What lies in the repository, and the templates that Kfm brings along.
    private static bool IsElsewhere(string name) =>
        name.StartsWith("repo:", StringComparison.Ordinal) || name.StartsWith("kfm:templates/", StringComparison.Ordinal);

    private static void Manifest(VerificationRun run, Artifact[] named)
    {
        var artifacts = run.Files.Where(f => f.StartsWith(BundleFiles.Artifacts + "/", StringComparison.Ordinal));
        if (!run.Files.Contains(BundleFiles.Manifest))
        {
            run.Require(!artifacts.Any(), "manifest", BundleFiles.Artifacts, "there are artifacts and no manifest");
            return;
        }

        var manifest = ArtifactManifest.Parse(run.Bundle.Bytes(BundleFiles.Manifest));
        foreach (var entry in manifest.Entries)
        {
            var name = $"{BundleFiles.Artifacts}/{entry.Path}";
            run.Require(
                entry.LinkTarget is null && run.DigestOf(name) == entry.Digest && new FileInfo(run.Bundle.PathOf(name)).Length == entry.Size,
                "manifest",
                name,
                "the artifact is not what the manifest says");
        }

        var listed = manifest.Entries.Select(e => $"{BundleFiles.Artifacts}/{e.Path}").ToHashSet(StringComparer.Ordinal);
        foreach (var extra in artifacts.Where(a => !listed.Contains(a)))
        {
            run.Refuse("manifest", extra, "the manifest does not list the file");
        }

        foreach (var output in named.Where(a => a.Role == ArtifactRole.Output && !listed.Contains(a.Name)))
        {
            run.Refuse("manifest", output.Name, "the manifest does not list the artifact");
        }
    }
}
