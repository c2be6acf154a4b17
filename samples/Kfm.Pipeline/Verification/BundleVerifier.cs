using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>Re-checks everything of a bundle offline. Nothing in the bundle is a reason to trust it.</summary>
internal static class BundleVerifier
{
    private static readonly string[] Marks = [BundleFiles.Evidence, BundleFiles.Sums, BundleFiles.Seal];

    /// <summary>Verifies with a trust file, or with the user's own trust when it is null, and Sigstore bundles with a trust of their own.</summary>
    /// <exception cref="TrustFormatException">The trust file breaks its format.</exception>
    /// <exception cref="BundleException">The directory is no bundle at all.</exception>
    public static VerificationReport Verify(RunBundle bundle, string? trustFile, HostEnvironment host, SigstoreTrust? sigstore = null)
    {
        if (!Marks.Any(bundle.Has))
        {
            throw new BundleException($"'{bundle.Root}' has none of {string.Join(", ", Marks)}, so it is no bundle.");
        }

        var run = new VerificationRun(bundle, trustFile is null ? TrustFile.Nobody : TrustFile.Load(trustFile)) { Now = host.Time.GetUtcNow() };
        return StructureCheck.Run(run) ? Documents(run, trustFile is null ? host : null, sigstore) : new VerificationReport(run.Findings, run.Notes, false, "");
    }

    /// <summary>Verifies with what the caller trusts.</summary>
    public static VerificationReport Verify(RunBundle bundle, TrustFile trust)
    {
        var run = new VerificationRun(bundle, trust);
        return StructureCheck.Run(run) ? Documents(run, null, null) : new VerificationReport(run.Findings, run.Notes, false, "");
    }

    private static VerificationReport Documents(VerificationRun run, HostEnvironment? own, SigstoreTrust? sigstore)
    {
        var graph = Record(run);
        run.Trust = own is null ? run.Trust : OwnTrust.For(graph?.Trace.Repository ?? "", own);
        SumsCheck.Run(run);
        SealCheck.Run(run);
        SigstoreCheck.Run(run, sigstore);
        if (graph is { Decision: { } decided })
        {
            DocumentsCheck.Run(run, graph);
            ContentCheck.Run(run, graph);
            DesignReviewCheck.Run(run, graph);
            DecisionCheck.Run(run, graph, decided);
        }

        var approvals = graph?.Decision is null ? null : Approvals(run, graph);
        return new VerificationReport(run.Findings, run.Notes, run.SignerEstablished, run.Signer)
        {
            Recorded = graph?.Decision?.Verdict,
            Approvals = approvals,
            Overrides = graph?.Decision is null ? null : Overrides(run, graph),
        };
    }

    private static EvidenceGraph? Record(VerificationRun run)
    {
        run.Check("evidence.format", BundleFiles.Evidence, () =>
        {
            if (run.Bytes(BundleFiles.Evidence) is { } bytes)
            {
                run.Graph = EvidenceGraph.Parse(bytes);
                run.Require(run.Graph.Decision is not null, "evidence.format", BundleFiles.Evidence, "the record has no decision: the gate did not run");
            }
        });
        return run.Graph;
    }

    private static OverrideCount? Overrides(VerificationRun run, EvidenceGraph graph)
    {
        OverrideCount? count = null;
        run.Check("override", BundleFiles.Overrides, () => count = BundleOverrides.Count(run, graph));
        foreach (var refusal in count?.Refused ?? [])
        {
            // One that has ended is what it was signed to be; it only does not count any more.
            if (refusal.IsByTime)
            {
                run.Note($"{refusal.Name}: {refusal.Reason}");
            }
            else
            {
                run.Refuse("override", refusal.Name, refusal.Reason);
            }
        }

        return count;
    }

    private static ApprovalCount? Approvals(VerificationRun run, EvidenceGraph graph)
    {
        ApprovalCount? count = null;
        run.Check("approval", BundleFiles.Approvals, () => count = BundleApprovals.Count(run, graph));
        foreach (var refusal in count?.Refused ?? [])
        {
            run.Refuse("approval", refusal.Name, refusal.Reason);
        }

        return count;
    }
}
