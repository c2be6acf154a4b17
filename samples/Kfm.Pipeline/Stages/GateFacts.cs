using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Layer 2 of the record: the run of the gate, what it used, what it decided.</summary>
internal static class GateFacts
{
    public static IEnumerable<Fact> Of(PipelineRun run, Decision decision, DateTimeOffset started, DateTimeOffset ended)
    {
        var key = new RunKey(Stage.Gate);
        yield return new Run(key, started, ended, RunOutcome.Succeeded);
        yield return run.Software;
        yield return new AssociatedWith(key, run.Software.Id, "verifier");
        yield return new InformedBy(key, new RunKey(Stage.Qa));
        foreach (var module in run.Base.Policies.Modules)
        {
            var file = $"{BundleFiles.Policies}/{module.Path}";
            var bytes = run.Bundle.Bytes(file);
            yield return new Artifact(Digest.Of(bytes), file, BundleFiles.MediaType(file), bytes.Length, ArtifactRole.Policy);
            yield return new Used(key, Digest.Of(bytes), "policy");
        }

        var recorded = decision.ToJson();
        yield return new Artifact(decision.Digest, BundleFiles.Decision, "application/json", recorded.Length, ArtifactRole.Report);
        yield return new Generated(key, decision.Digest);
        yield return new Decided(key, decision.Digest, decision.Input, decision.PolicySet, decision.Verdict, decision.Reasons);
    }
}
