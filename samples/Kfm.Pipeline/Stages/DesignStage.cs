using System.Globalization;
using System.Text;
using Kfm.Agent.Configuration;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Writes the design document from the intent and the base.</summary>
internal sealed class DesignStage : PipelineStage
{
    public override string Name => "design";

    public override Stage? Fact => Stage.Design;

    public override string FailureCheck => "design.written";

    public override async Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var record = run.Record(Stage.Design);
        var intent = record.Use(BundleFiles.Intent, "intent");
        var design = await BaseDesign.CreateAsync(run.Base, run.StructuredIntent(), cancellationToken);
        run.Bundle.Write(BundleFiles.DesignTemplate, design.Plan.Choice.Template.Utf8.Span);
        foreach (var (artifact, role) in design.Materials)
        {
            record.Use(artifact, role);
        }

        var choice = design.Plan.Choice;
        run.Bundle.Write(BundleFiles.Design, design.Text);
        record.Generate(BundleFiles.Design, ArtifactRole.Document, intent, choice.Template.Digest);
        record.Label("design.template", string.Create(CultureInfo.InvariantCulture, $"{choice.Template.Id}@{choice.Template.Version}"));
        record.Label("design.rule", choice.Rule);
        var awaits = DesignReviews.Take(run, record, Digest.Of(Encoding.UTF8.GetBytes(design.Text)));
        var found = $"template {choice.Template.Id}, {design.Plan.Specifications.Count(s => s.Digest is not null)} specifications";
        return StageResult.Ok(awaits is null ? found : awaits) with { Awaits = awaits };
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
