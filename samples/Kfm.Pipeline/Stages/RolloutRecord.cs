using Kfm.Agent.Autonomy;
using Kfm.Agent.Intents;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>The plan by which a proposal is to be rolled out: a function of its tier, in the bundle and in the record.</summary>
internal static class RolloutRecord
{
    public static void Write(PipelineRun run, StageRecord record, RiskTier tier)
    {
        var plan = RolloutPlan.For(tier);
        run.Bundle.Write(BundleFiles.Rollout, RolloutFile.Write(plan));
        record.Generate(BundleFiles.Rollout, ArtifactRole.Document);
        record.Label("rollout.plan", plan.Summary);
    }
}
