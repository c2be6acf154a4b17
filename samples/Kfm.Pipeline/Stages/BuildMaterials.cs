using Kfm.Agent.Previews;
using Kfm.Gates.Licences;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Sbom;

namespace Kfm.Pipeline.Stages;

/// <summary>What the build is made of: the bill of materials from the restored assets that kfm.json names.</summary>
internal static class BuildMaterials
{
    public static async Task WriteAsync(PipelineRun run, StageRecord record, PreviewWorkspace workspace, Digest head)
    {
        if (run.Base.Settings.SbomAssets.Count == 0 || run.Base.Settings.Build is null)
        {
            record.Check("sbom.complete", CheckStatus.Skipped, "kfm.json names no assets");
            return;
        }

        try
        {
            await FromAssetsAsync(run, record, workspace, head);
        }
        catch (KfmException e)
        {
            record.Check("sbom.complete", CheckStatus.Error, e.Message);
        }
    }

    private static async Task FromAssetsAsync(PipelineRun run, StageRecord record, PreviewWorkspace workspace, Digest head)
    {
        var gaps = new List<string>();
        var components = 0;
        foreach (var (index, path) in run.Base.Settings.SbomAssets.Index())
        {
            var assets = await workspace.ReadRestoredAsync(path);
            if (assets is null)
            {
                record.Check("sbom.complete", CheckStatus.Error, $"the restore left no {path}");
                return;
            }

            var bom = CycloneDxBom.FromAssets(assets, new SbomOptions
            {
                Timestamp = run.Base.Epoch,
                PackageFolders = workspace.PackageFolders,
                Type = "library",
            });
            Keep(run, record, index == 0 ? BundleFiles.Sbom : Name(path), bom, head);
            gaps.AddRange(bom.Gaps());
            components += bom.Components.Count;
        }

        record.Measure("sbom.components", components);
        record.Check("sbom.complete", gaps.Count == 0, string.Join("; ", gaps.Take(3)));
    }

    private static void Keep(PipelineRun run, StageRecord record, string name, CycloneDxBom bom, Digest head)
    {
        run.Bundle.Write(name, bom.ToJson());
        record.Generate(name, ArtifactRole.Sbom, head);
        foreach (var component in bom.Components.Where(c => !c.IsDevelopmentOnly && c.PackageUrl is not null))
        {
            record.Label("sbom.licence", component.LicenceExpression is { } licence ? LicenceExpression.Normalize(licence) : "NOASSERTION");
        }
    }

    // The first bill has the name that reviewers look for; those of further projects are named by their path.
    private static string Name(string path) => "sbom/" + path.Replace('/', '_') + ".cdx.json";
}
