using Kfm.Agent.Autonomy;
using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>The approvals of a bundle and what they are counted against.</summary>
internal static class BundleApprovals
{
    /// <summary>The files in <c>approvals/</c>.</summary>
    public static IReadOnlyList<ApprovalFile> Files(RunBundle bundle) => [.. bundle.Files()
        .Where(f => f.StartsWith(BundleFiles.Approvals + "/", StringComparison.Ordinal))
        .Select(f => new ApprovalFile(f, bundle.Bytes(f)))];

    /// <summary>What approvals are counted against: the decision, the head, and those who may not approve.</summary>
    public static ApprovalContext Context(RunBundle bundle, EvidenceGraph graph, PeopleFile people, string signer)
    {
        var required = Decision.Parse(bundle.Bytes(BundleFiles.Decision)).RequiredApprovals;
        var authors = graph.Facts.Of<AssociatedWith>().Where(a => a.Role is "author" or "proposer").Select(a => a.Actor);
        var models = graph.Facts.Actors.Where(a => a.Kind == ActorKind.Ai).Select(a => a.Id);
        return new ApprovalContext(graph.Decision!.Decision, graph.Trace.HeadCommit, required, people)
        {
            ExcludedIds = authors.Concat(models).ToHashSet(StringComparer.Ordinal),
            ExcludedKeys = new HashSet<string>(StringComparer.Ordinal) { signer },
        };
    }
}
