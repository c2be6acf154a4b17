using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Verification;

/// <summary>The files are those that the record names: patch, artifacts, manifest, bill of materials, results.</summary>
internal static class ContentCheck
{
    public static void Run(VerificationRun run, EvidenceGraph graph)
    {
        var named = graph.Facts.Artifacts.Where(a => !a.Name.StartsWith("repo:", StringComparison.Ordinal)).ToArray();
        foreach (var artifact in named)
        {
            if (run.DigestOf(artifact.Name) is { } digest)
            {
                run.Require(digest == artifact.Digest, "artifact.digest", artifact.Name, $"the record says {artifact.Digest}, the file has {digest}");
            }
        }

        run.Check("manifest", BundleFiles.Manifest, () => Manifest(run, named));
    }

    private static void Manifest(VerificationRun run, Artifact[] named)
    {
        var directory = run.Bundle.PathOf(BundleFiles.Artifacts);
        if (!run.Bundle.Has(BundleFiles.Manifest))
        {
            run.Require(!Directory.Exists(directory), "manifest", BundleFiles.Artifacts, "there are artifacts and no manifest");
            return;
        }

        var manifest = ArtifactManifest.Parse(run.Bundle.Bytes(BundleFiles.Manifest));
        foreach (var entry in manifest.Entries)
        {
            var path = run.Bundle.PathOf($"{BundleFiles.Artifacts}/{entry.Path}");
            run.Require(File.Exists(path) && Digest.Of(File.ReadAllBytes(path)) == entry.Digest, "manifest", entry.Path, "the artifact is not what the manifest says");
        }

        var listed = manifest.Entries.Select(e => $"{BundleFiles.Artifacts}/{e.Path}").ToHashSet(StringComparer.Ordinal);
        foreach (var output in named.Where(a => a.Role == ArtifactRole.Output && !listed.Contains(a.Name)))
        {
            run.Refuse("manifest", output.Name, "the manifest does not list the artifact");
        }
    }
}
