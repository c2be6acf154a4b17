using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>Re-checks everything of a bundle offline. Nothing in the bundle is a reason to trust it.</summary>
internal static class BundleVerifier
{
    /// <summary>Verifies with a trust file, or with the user's own trust when it is null.</summary>
    /// <exception cref="TrustFormatException">The trust file breaks its format.</exception>
    public static VerificationReport Verify(RunBundle bundle, string? trustFile, HostEnvironment host)
    {
        var graph = Record(bundle, out var problem);
        var run = new VerificationRun(bundle, OwnTrust.Load(trustFile, graph?.Trace.Repository ?? "", host)) { Graph = graph };
        if (problem is not null)
        {
            run.Refuse("evidence.format", BundleFiles.Evidence, problem);
        }

        SumsCheck.Run(run);
        SealCheck.Run(run);
        if (graph is not null)
        {
            DocumentsCheck.Run(run, graph);
            ContentCheck.Run(run, graph);
            DecisionCheck.Run(run, graph);
        }

        var approvals = graph?.Decision is null ? null : Approvals(run, graph);
        return new VerificationReport(run.Findings, run.Notes, run.SignerEstablished, run.Signer)
        {
            Verdict = graph?.Decision?.Verdict,
            Approvals = approvals,
        };
    }

    private static EvidenceGraph? Record(RunBundle bundle, out string? problem)
    {
        problem = null;
        try
        {
            var graph = EvidenceGraph.Parse(bundle.Bytes(BundleFiles.Evidence));
            problem = graph.Decision is null ? "the record has no decision: the gate did not run" : null;
            return graph;
        }
        catch (KfmException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private static ApprovalCount? Approvals(VerificationRun run, EvidenceGraph graph)
    {
        var files = BundleApprovals.Files(run.Bundle);
        if (run.Trust.People is not { } people)
        {
            if (files.Count > 0)
            {
                run.Note("the caller names no people, so no approval counts");
            }

            return null;
        }

        ApprovalCount? count = null;
        run.Check("approval", BundleFiles.Approvals, () => count = ApprovalRules.Count(BundleApprovals.Context(run.Bundle, graph, people, run.Signer), files));
        foreach (var refusal in count?.Refused ?? [])
        {
            run.Refuse("approval", refusal.Name, refusal.Reason);
        }

        return count;
    }
}
