using Kfm.Agent.Autonomy;
using Kfm.Agent.Designs;
using Kfm.Agent.Intents;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>Where the record says that the design was reviewed before a model was asked, the reviews in the bundle say it as well.</summary>
internal static class DesignReviewCheck
{
    private const string Rule = "design.review";

    public static void Run(VerificationRun run, EvidenceGraph graph)
    {
        var facts = new FactQuery(graph.Facts.Facts.ToArray());
        var files = run.Files.Where(f => f.StartsWith(BundleFiles.DesignReviews + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => new ApprovalFile(f, run.Bundle.Bytes(f))).ToArray();
        if (files.Length == 0 && facts.Check(DesignReviews.Check) is not { Status: CheckStatus.Passed })
        {
            return;
        }

        foreach (var file in files.Where(f => facts.Artifact(f.Name) is null || !Names(f)))
        {
            run.Refuse(Rule, file.Name, "the record does not know the review, or it has not the name of its role and digest");
        }

        run.Check(Rule, BundleFiles.DesignReviews, () => Count(run, facts, files));
    }

    private static bool Names(ApprovalFile file) => ApprovalRoles.All.Any(role => file.Name == DesignReviews.Name(role, file.Envelope.Span));

    private static void Count(VerificationRun run, FactQuery facts, ApprovalFile[] files)
    {
        if (run.Trust.People is not { } people)
        {
            run.Note("the caller names no people, so the review of the design is not established");
            return;
        }

        if (run.DigestOf(BundleFiles.Design) is not { } design)
        {
            return;
        }

        var tier = IntentFile.Parse(run.Bundle.Bytes(BundleFiles.Intent)).Tier;
        var count = DesignReviewRules.Count(new DesignReviewContext(design, tier, people)
        {
            ExcludedIds = facts.All<AssociatedWith>().Where(a => a.Role is "author" or "proposer").Select(a => a.Actor).ToHashSet(StringComparer.Ordinal),
            ExcludedKeys = run.Trust.Signers.Select(k => k.KeyId).Append(run.Signer).ToHashSet(StringComparer.Ordinal),
        }, files);
        foreach (var refusal in count.Refused)
        {
            run.Refuse(Rule, refusal.Name, refusal.Reason);
        }

        foreach (var missing in count.Missing)
        {
            run.Refuse(Rule, BundleFiles.DesignReviews, $"the record says that the design was reviewed, and a review by {missing} is missing");
        }
    }
}
