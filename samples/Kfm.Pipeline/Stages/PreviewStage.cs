using System.Globalization;
using Kfm.Agent.Configuration;
using Kfm.Agent.Previews;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Stages;

/// <summary>Builds the head twice under different surroundings and compares bit for bit; keeps the artifacts, their manifest and the bill of materials.</summary>
internal sealed class PreviewStage : PipelineStage
{
    public override string Name => "build";

    public override Stage? Fact => Stage.Build;

    public override string FailureCheck => "build.succeeded";

    public override async Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var record = run.Record(Stage.Build);
        var head = UseSources(run, record);
        var workspace = await run.WorkspaceAsync(cancellationToken);
        var result = await workspace.BuildAsync();
        foreach (var check in new[] { result.Succeeded, result.Reproducible, result.Locked })
        {
            record.Check(check.Name, check.Status, check.Detail);
        }

        record.Label("build.isolation", result.Isolation);
        BuildLevel.Record(record, result.Succeeded.Status, result.Isolation);
        record.Measure("build.artifacts", result.Manifest?.Entries.Count ?? 0);
        record.Measure("build.differences", result.Differences.Count);
        WriteLog(run, record, result);
        if (result.ArtifactsDirectory is { } directory && result.Succeeded.Status == CheckStatus.Passed)
        {
            Keep(run, record, directory, head);
        }

        await BuildMaterials.WriteAsync(run, record, workspace, head);
        return Result(run, result);
    }

    private static Digest UseSources(PipelineRun run, StageRecord record)
    {
        var head = new FactQuery(run.Evidence.Facts).Artifact("repo:commit/head")!;
        record.Use(head, "source");
        if (run.Base.SettingsFile is { } settings)
        {
            record.Use(RepositoryBase.FileArtifact(KfmSettings.FileName, settings, "application/json", ArtifactRole.Config), "config");
        }

        return head.Digest;
    }

    /// <summary>Copies the artifacts of the first build; each is derived from the head commit.</summary>
    private static void Keep(PipelineRun run, StageRecord record, string directory, Digest head)
    {
        DirectoryTree.Copy(directory, run.Bundle.PathOf(BundleFiles.Artifacts));
        var manifest = ArtifactManifest.OfDirectory(run.Bundle.PathOf(BundleFiles.Artifacts));
        run.Bundle.Write(BundleFiles.Manifest, manifest.ToJson());
        record.Generate(BundleFiles.Manifest, ArtifactRole.Manifest);
        foreach (var entry in manifest.Entries)
        {
            record.Generate($"{BundleFiles.Artifacts}/{entry.Path}", ArtifactRole.Output, head);
        }
    }

    // The end of what a failing command printed helps its author; it is foreign text, so it is cleaned like everything else.
    private static void WriteLog(PipelineRun run, StageRecord record, PreviewBuildResult result)
    {
        if (result.Succeeded.Status is CheckStatus.Failed or CheckStatus.Error && result.LogTail.Length > 0)
        {
            run.Bundle.Write("qa/build.log", run.Redaction.CleanLines(result.LogTail));
            record.Generate("qa/build.log", ArtifactRole.Log);
        }
    }

    private static StageResult Result(PipelineRun run, PreviewBuildResult result)
    {
        if (result.Succeeded.Status == CheckStatus.Skipped)
        {
            return StageResult.Ok("no build is configured");
        }

        if (result.Succeeded.Status != CheckStatus.Passed)
        {
            return StageResult.Failed(run.Redact(result.Succeeded.Detail ?? "the build failed"));
        }

        return result.Reproducible.Status == CheckStatus.Passed
            ? StageResult.Ok(string.Create(CultureInfo.InvariantCulture, $"{result.Manifest?.Entries.Count ?? 0} artifacts, two builds the same, isolation {result.Isolation}"))
            : StageResult.Failed(run.Redact("not reproducible: " + result.Reproducible.Detail));
    }
}
