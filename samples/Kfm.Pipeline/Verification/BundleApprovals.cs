using Kfm.Agent.Autonomy;
using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>The approvals of a bundle and what they are counted against.</summary>
internal static class BundleApprovals
{
    /// <summary>What the name of an approval in a DSSE envelope ends in.</summary>
    public const string Extension = ".dsse.json";

    private static readonly string[] Extensions = [SshApproval.Extension, ReviewStatement.Extension];

    /// <summary>The files in <c>approvals/</c>.</summary>
    public static IReadOnlyList<ApprovalFile> Files(RunBundle bundle) => [.. bundle.Files()
        .Where(f => f.StartsWith(BundleFiles.Approvals + "/", StringComparison.Ordinal))
        .Select(f => new ApprovalFile(f, bundle.Bytes(f)))];

    /// <summary>Counts the approvals; null where the caller names no people. What is no approval of this decision is refused in both cases.</summary>
    public static ApprovalCount? Count(VerificationRun run, EvidenceGraph graph)
    {
        var files = Files(run.Bundle);
        var context = Context(run.Bundle, graph, run.Trust.People ?? PeopleFile.Empty, run.Trust, run.Signer);
        foreach (var file in files.Where(f => f.Name != NameOf(f)))
        {
            run.Refuse("approval.name", file.Name, "an approval is named by its role and its digest, and this is not its name");
        }

        if (run.Trust.People is not null)
        {
            return ApprovalRules.Count(context, files);
        }

        foreach (var file in files)
        {
            run.Note($"{file.Name}: the caller names no people, so no approval counts");
            if (ApprovalRules.Misfit(context, file) is { } reason)
            {
                run.Refuse("approval", file.Name, reason);
            }
        }

        return null;
    }

    /// <summary>The name of an approval: it holds the digest, so that no byte of the file can change unseen.</summary>
    public static string Name(string role, ReadOnlySpan<byte> envelope, string extension = Extension) =>
        $"{BundleFiles.Approvals}/{role}-{Digest.Of(envelope).Hex[..12]}{extension}";

    /// <summary>What approvals are counted against: the decision, the head, and those who may not approve.</summary>
    public static ApprovalContext Context(RunBundle bundle, EvidenceGraph graph, PeopleFile people, TrustFile trust, string signer)
    {
        var required = Decision.Parse(bundle.Bytes(BundleFiles.Decision)).RequiredApprovals;
        var authors = graph.Facts.Of<AssociatedWith>().Where(a => a.Role is "author" or "proposer").Select(a => a.Actor)
            .Concat(graph.Facts.Of<ActedFor>().Select(a => a.Principal));
        var models = graph.Facts.Actors.Where(a => a.Kind == ActorKind.Ai).Select(a => a.Id);
        return new ApprovalContext(graph.Decision!.Decision, graph.Trace.HeadCommit, required, people)
        {
            ExcludedIds = authors.Concat(models).ToHashSet(StringComparer.Ordinal),
            ExcludedKeys = trust.Signers.Select(k => k.KeyId).Append(signer).ToHashSet(StringComparer.Ordinal),

            // Only the pipeline that sealed the bundle tells of its pull request.
            Pipeline = [.. trust.Signers.Where(k => k.KeyId == signer)],
            PullRequest = graph.Trace.PullRequest,
            Decided = graph.Facts.Of<Run>().FirstOrDefault(r => r.Key.Stage == Stage.Gate)?.Ended,
        };
    }

    private static string NameOf(ApprovalFile file)
    {
        var name = file.Name[(BundleFiles.Approvals.Length + 1)..];
        var role = name.Split('-')[0];
        var extension = Extensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal)) ?? Extension;
        return ApprovalRoles.Contains(role) ? Name(role, file.Envelope.Span, extension) : "";
    }
}
