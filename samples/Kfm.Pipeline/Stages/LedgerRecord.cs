using Kfm.Ledger.Entries;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>What a run leaves in the ledger: one entry for each thing that it made, and the seal, whose proof goes into the bundle.</summary>
internal static class LedgerRecord
{
    /// <summary>Appends the entries in one batch and writes ledger.proof.</summary>
    /// <returns>The index of the seal's entry.</returns>
    public static long Append(PipelineRun run, RunView view)
    {
        var repository = view.Graph.Trace.Repository;
        var path = LedgerAccess.PathOf(run.Options.Ledger, repository, run.Host);
        using var key = StateKeys.Log(run.Options.LogKey, run.Host.StateFolder);
        using var log = LedgerAccess.Open(path, repository, key, run.Host);
        var receipts = log.Append([.. Entries(run.Bundle, view)]);
        var index = receipts[^1].Index;
        run.Bundle.Write(BundleFiles.LedgerProof, log.ProveInclusion(index).ToString());
        return index;
    }

    private static IEnumerable<LedgerEntry> Entries(RunBundle bundle, RunView view)
    {
        (LedgerEntryKind Kind, Stage Stage, string File)[] parts =
        [
            (LedgerEntryKind.Intent, Stage.Intent, BundleFiles.Intent),
            (LedgerEntryKind.Design, Stage.Design, BundleFiles.Design),
            (LedgerEntryKind.Patch, Stage.Patch, BundleFiles.Patch),
            (LedgerEntryKind.Build, Stage.Build, BundleFiles.Manifest),
            (LedgerEntryKind.Qa, Stage.Qa, BundleFiles.Tests),
        ];
        // Each thing links the one before it, so that the ledger knows the way from the intent to the decision.
        var made = new List<LedgerLink>();
        foreach (var (kind, stage, file) in parts)
        {
            if (bundle.Has(file) && view.Facts.Run(stage) is { } run)
            {
                var subject = Digest.Of(bundle.Bytes(file));
                yield return Entry(view, kind, subject, run.Ended, [.. made.TakeLast(1), .. kind == LedgerEntryKind.Patch ? Authors(view) : []]);
                made.Add(new LedgerLink(kind.ToString().ToLowerInvariant(), subject));
            }
        }

        var (decided, gate) = (view.Decided, view.Facts.Run(Stage.Gate)!);
        yield return Entry(view, LedgerEntryKind.Decision, decided.Decision, gate.Ended,
        [
            new LedgerLink("input", decided.Input),
            new LedgerLink("policies", decided.PolicySet),
            new LedgerLink("evidence", view.Graph.Root),
            .. made.TakeLast(1),
        ]);
        yield return Entry(view, LedgerEntryKind.Seal, Digest.Of(bundle.Bytes(BundleFiles.Seal)), gate.Ended, [new LedgerLink("decision", decided.Decision)]);
    }

    // Which model wrote it, from which prompt. A proposal that was given has no model.
    private static IEnumerable<LedgerLink> Authors(RunView view)
    {
        foreach (var actor in view.Facts.All<Actor>().Where(a => a.Kind == ActorKind.Ai))
        {
            (string Role, Digest? Digest)[] digests = [("model", actor.Model), ("prompt", actor.Prompt), ("seed", actor.Seed)];
            foreach (var (role, digest) in digests)
            {
                if (digest is { } known)
                {
                    yield return new LedgerLink(role, known);
                }
            }
        }
    }

    private static LedgerEntry Entry(RunView view, LedgerEntryKind kind, Digest subject, DateTimeOffset time, IReadOnlyList<LedgerLink> links) => new()
    {
        Kind = kind,
        TraceId = view.Graph.TraceId,
        Repository = view.Graph.Trace.Repository,
        Subject = subject,
        Links = links,
        Time = time,
        Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["head"] = view.Graph.Trace.HeadCommit },
    };
}
