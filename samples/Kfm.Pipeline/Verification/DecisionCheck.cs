using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>The decision is the one that the record names, and the policies in the bundle make it again from context.json.</summary>
internal static class DecisionCheck
{
    public static void Run(VerificationRun run, EvidenceGraph graph, Decided decided)
    {
        run.Require(run.DigestOf(BundleFiles.Decision) == decided.Decision, "decision.digest", BundleFiles.Decision, "it is not the decision of the record");
        run.Require(run.DigestOf(BundleFiles.Context) == decided.Input, "context.digest", BundleFiles.Context, "it is not the input of the record");
        run.Require(decided.PolicySet == graph.Trace.PolicySet, "policy.digest", BundleFiles.Evidence, "the trace names other policies than the decision");
        run.Check("decision.replay", BundleFiles.Decision, () => Replay(run, graph, decided));
    }

    /// <summary>What the record does not give, the time and what is said of the documents, is compared with what made it.</summary>
    private static void Projection(VerificationRun run, EvidenceGraph graph, GateContext context)
    {
        run.Require(context.IsProjectionOf(graph), "context.projection", BundleFiles.Context, "it is not what the record gives");
        run.Require(
            graph.Facts.Of<Run>().Any(r => r.Key.Stage == Stage.Gate && r.Started == context.Time),
            "context.time",
            BundleFiles.Context,
            "its time is not the start of the gate");
        if (context.Provenance.Findings.Count > 0)
        {
            return;
        }

        // Signed documents have other bytes after the gate; the others can be made again.
        var layer = graph.At(1);
        foreach (var projection in Projections.All.Where(p => p.Applies(layer)))
        {
            var named = context.Provenance.Documents.FirstOrDefault(d => d.Name == projection.Name);
            run.Require(
                named is not null && named.EvidenceRoot == layer.Root && (BundleDocuments.IsEnvelope(projection.Name) || named.Digest == Digest.Of(projection.Project(layer))),
                "context.documents",
                BundleFiles.Context,
                $"what it says of {projection.Name} is not what the record gives");
        }
    }

    private static void Replay(VerificationRun run, EvidenceGraph graph, Decided decided)
    {
        var policies = BasePolicies.OfBundle(run.Bundle);
        run.Require(policies.Digest == decided.PolicySet, "policy.digest", BundleFiles.Policies, $"the policies have the digest {policies.Digest}, the decision names {decided.PolicySet}");
        var context = run.Bundle.Bytes(BundleFiles.Context);
        Projection(run, graph, GateContext.Parse(context));
        if (run.Trust.PolicySet is not { } trusted)
        {
            run.Note("the caller names no policies, so whether these are the right ones is not established");
        }
        else if (!run.Require(trusted == policies.Digest, "policy.trust", BundleFiles.Policies, $"the caller trusts the policies {trusted}"))
        {
            // A program that the caller does not trust is not run: it could take as long as its limits let it.
            return;
        }

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
