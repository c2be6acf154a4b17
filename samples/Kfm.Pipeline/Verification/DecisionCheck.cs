using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>The decision is the one that the record names, and the policies in the bundle make it again from context.json.</summary>
internal static class DecisionCheck
{
    public static void Run(VerificationRun run, EvidenceGraph graph)
    {
        if (graph.Decision is not { } decided)
        {
            return;
        }

        run.Require(run.DigestOf(BundleFiles.Decision) == decided.Decision, "decision.digest", BundleFiles.Decision, "it is not the decision of the record");
        run.Require(run.DigestOf(BundleFiles.Context) == decided.Input, "context.digest", BundleFiles.Context, "it is not the input of the record");
        run.Require(decided.PolicySet == graph.Trace.PolicySet, "policy.digest", BundleFiles.Evidence, "the trace names other policies than the decision");
        run.Check("decision.replay", BundleFiles.Decision, () => Replay(run, graph, decided));
    }

    private static void Replay(VerificationRun run, EvidenceGraph graph, Decided decided)
    {
        var policies = BasePolicies.OfBundle(run.Bundle);
        run.Require(policies.Digest == decided.PolicySet, "policy.digest", BundleFiles.Policies, $"the policies have the digest {policies.Digest}, the decision names {decided.PolicySet}");
        if (run.Trust.PolicySet is { } trusted)
        {
            run.Require(trusted == decided.PolicySet, "policy.trust", BundleFiles.Policies, $"the caller trusts the policies {trusted}");
        }

        var context = run.Bundle.Bytes(BundleFiles.Context);
        run.Require(GateContext.Parse(context).IsProjectionOf(graph), "context.projection", BundleFiles.Context, "it is not what the record gives");
        var recorded = Decision.Parse(run.Bundle.Bytes(BundleFiles.Decision));
        var again = policies.Decide(context, CancellationToken.None);
        var added = recorded.Reasons.Except(again.Reasons, StringComparer.Ordinal).Where(r => r.StartsWith("consistency: ", StringComparison.Ordinal)).ToArray();
        var expected = added.Length > 0 && recorded.Verdict == Verdict.Deny ? again.Denied(added) : again;
        run.Require(
            expected.ToJson().AsSpan().SequenceEqual(recorded.ToJson()),
            "decision.replay",
            BundleFiles.Decision,
            $"the policies decide {expected.Verdict.ToString().ToLowerInvariant()} with other reasons or another verdict");
    }
}
