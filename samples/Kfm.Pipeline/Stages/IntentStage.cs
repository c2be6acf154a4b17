using Kfm.Agent.Intents;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Scans the intent for secrets, then classifies it. A secret is taken out before anything is written.</summary>
internal sealed class IntentStage : PipelineStage
{
    public override string Name => "intent";

    public override Stage? Fact => Stage.Intent;

    public override string FailureCheck => "secrets.intent";

    public override Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var record = run.Record(Stage.Intent);
        var given = run.Intent;
        var secrets = SecretScanner.Scan(given.Text);
        record.Check("secrets.intent", secrets.Count == 0, string.Join("; ", secrets));
        var components = run.Base.Settings.Components.Select(c => c.Name).ToArray();
        var intent = IntentClassifier.Classify(secrets.Count == 0 ? given : given with { Text = SecretScanner.Redact(given.Text) }, components);
        run.Bundle.Write(BundleFiles.Intent, IntentFile.Write(intent));
        record.Generate(BundleFiles.Intent, ArtifactRole.Document);
        run.Evidence.Add(new Actor(ActorKind.Human, given.Author));
        record.Associate(given.Author, "author");
        record.Label("intent.kind", intent.Kind.ToString().ToLowerInvariant());
        record.Label("risk.intent", intent.Tier.ToString().ToLowerInvariant());
        foreach (var component in intent.Components)
        {
            record.Label("intent.component", component);
        }

        return Task.FromResult(secrets.Count == 0
            ? StageResult.Ok($"{intent.Kind.ToString().ToLowerInvariant()}, {intent.Tier.ToString().ToLowerInvariant()} risk")
            : StageResult.Failed("the intent holds a secret: " + string.Join("; ", secrets)));
    }
}
