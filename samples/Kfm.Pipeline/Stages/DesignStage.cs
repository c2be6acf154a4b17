using Kfm.Agent.Configuration;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Writes the design document from the intent and the checks that the base configures.</summary>
internal sealed class DesignStage : PipelineStage
{
    public override string Name => "design";

    public override Stage? Fact => Stage.Design;

    public override string FailureCheck => "design.written";

    public override Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var record = run.Record(Stage.Design);
        var intent = record.Use(BundleFiles.Intent, "intent");
        run.Bundle.Write(BundleFiles.Design, DesignDocument.Write(run.StructuredIntent(), [], Checks(run.Base.Settings)));
        record.Generate(BundleFiles.Design, ArtifactRole.Document, intent);
        return Task.FromResult(StageResult.Ok("written from the template"));
    }

    /// <summary>The checks that the settings plan, for the design and so for the prompt.</summary>
    public static IReadOnlyList<string> Checks(KfmSettings settings)
    {
        var checks = new List<string>();
        if (settings.Build is not null)
        {
            checks.Add("two builds, compared bit for bit");
        }

        if (settings.Test is not null)
        {
            checks.Add("tests");
        }

        if (settings.Lint is not null)
        {
            checks.Add("lint");
        }

        checks.AddRange(settings.Contracts.Select(c => $"{c.Data} keeps {c.Schema}"));
        checks.Add("no secret in an added line");
        return checks;
    }
}
