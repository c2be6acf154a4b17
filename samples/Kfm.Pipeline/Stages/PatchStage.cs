using System.Globalization;
using System.Text;
using Kfm.Agent.Git;
using Kfm.Agent.Intents;
using Kfm.Agent.Patches;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.GitHub;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Checks the patch, applies it in a clone at the base, compares the tree with git's, and makes it the commit that everything else is about.</summary>
internal sealed class PatchStage : PipelineStage
{
    public override string Name => "patch";

    public override Stage? Fact => Stage.Patch;

    public override string FailureCheck => "patch.applies";

    public override async Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var record = run.Record(Stage.Patch);
        if (!run.Options.AsksAgent && await GivenProposal.TakeAsync(run, record, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var source = run.Base.Source;
        var patchDigest = Digest.Of(run.Bundle.Bytes(BundleFiles.Patch));
        if (run.Options.AsksAgent)
        {
            record.Use(BundleFiles.Patch, "patch");
        }

        var patch = UnifiedPatch.Parse(run.Bundle.Bytes(BundleFiles.Patch));
        var summary = new PatchSummary(patch);
        PromptInjection.RecordPatch(run, record, run.Bundle.Text(BundleFiles.Patch));
        Describe(run, record, patch, summary);
        foreach (var owner in (await CodeOwnerFile.ReadAsync(run.Base, cancellationToken))?.OwnersOf(summary.ChangedPaths) ?? [])
        {
            record.Label("patch.owner", owner);
        }

        var tree = await source.ReadTreeAsync(run.Base.Commit, cancellationToken);
        var blobs = await source.ReadBlobsAsync(PatchApplier.Sources(patch, tree), cancellationToken);
        var result = PatchApplier.Apply(patch, tree, blobs);
        record.Check("patch.applies", result.Applied, Describe(result.Findings));
        if (!result.Applied)
        {
            return StageResult.Failed(run.Redact(Describe(result.Findings)));
        }

        var head = run.Options.Head is null
            ? await CommitAsync(run, record, patch, result, cancellationToken)
            : await JudgeAsync(run, record, result, cancellationToken);
        if (head is null)
        {
            return StageResult.Failed("git and kfm made different trees of the patch");
        }

        if (run.GitHub is { } session && await TryOpenAsync(run, session, record, head, cancellationToken) is { } fault)
        {
            return fault;
        }

        run.SetTrace(head);
        var commit = await RepositoryBase.CommitArtifactAsync((await run.CloneAsync(cancellationToken)).Git, head, "repo:commit/head", ArtifactRole.Source, cancellationToken);
        run.Evidence.Add(commit).Add(new Generated(record.Key, commit.Digest)).Add(new DerivedFrom(commit.Digest, patchDigest, record.Key));
        var baseCommit = await RepositoryBase.CommitArtifactAsync(source.Git, run.Base.Commit, "repo:commit/base", ArtifactRole.Source, cancellationToken);
        record.Use(baseCommit, "base");
        run.Evidence.Add(new DerivedFrom(commit.Digest, baseCommit.Digest, record.Key));
        return StageResult.Ok(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Files} files, +{summary.Added} -{summary.Deleted}, head {head[..12]}, tier {run.Label("risk.tier")}"));
    }

    /// <summary>Commits the patch in the clone and makes the proposal branch of it.</summary>
    private static async Task<string?> CommitAsync(
        PipelineRun run, StageRecord record, UnifiedPatch patch, PatchResult result, CancellationToken cancellationToken)
    {
        var clone = await run.CloneAsync(cancellationToken);
        var proposal = await ProposalCommitter.CommitAsync(clone, patch, result, run.StructuredIntent().Title, run.Base.Epoch, cancellationToken);
        record.Check("patch.tree", proposal.Agrees, proposal.Error ?? $"kfm made tree {proposal.TreeId}, git made {proposal.GitTreeId}");
        if (proposal.Commit is null)
        {
            return null;
        }

        await run.Base.Source.PublishAsync(clone, proposal.Commit, "ai/proposal/" + run.WorkflowRun, cancellationToken);
        return proposal.Commit;
    }

    /// <summary>Opens the draft, whose number becomes part of the record; without it the proposal goes no further.</summary>
    private static async Task<StageResult?> TryOpenAsync(PipelineRun run, GitHubSession session, StageRecord record, string head, CancellationToken cancellationToken)
    {
        try
        {
            run.PullRequest = await GitHubDraft.OpenAsync(run, session, head, cancellationToken);
            record.Check("github.draft", CheckStatus.Passed);
            return null;
        }
        catch (GitHubException e)
        {
            record.Check("github.draft", CheckStatus.Error, e.Message);
            return StageResult.Failed(run.Redact(e.Message));
        }
    }

    /// <summary>Compares the tree of a head that is there already with the one that its own patch gives.</summary>
    private static async Task<string?> JudgeAsync(PipelineRun run, StageRecord record, PatchResult result, CancellationToken cancellationToken)
    {
        var head = await run.Base.Source.ResolveAsync(run.Options.Head!, cancellationToken);
        var tree = await run.Base.Source.TreeIdAsync(head, cancellationToken);
        record.Check("patch.tree", tree == result.TreeId, $"kfm made tree {result.TreeId}, the head has {tree}");
        return tree == result.TreeId ? head : null;
    }

    private static void Describe(PipelineRun run, StageRecord record, UnifiedPatch patch, PatchSummary summary)
    {
        record.Measure("patch.files", summary.Files);
        record.Measure("patch.added", summary.Added);
        record.Measure("patch.deleted", summary.Deleted);
        var risk = ChangeRisk.Rules(run.Base.Settings);
        IReadOnlyList<FiredRule> rules = [.. risk.Classify(summary.ChangedPaths), .. PromptInjection.Rules(run)];
        var intent = Enum.Parse<RiskTier>(run.Label("risk.intent") ?? nameof(RiskTier.Medium), ignoreCase: true);
        record.Label("risk.tier", RiskPaths.Highest(intent, rules).ToString().ToLowerInvariant());
        RolloutRecord.Write(run, record, RiskPaths.Highest(intent, rules));
        foreach (var rule in rules)
        {
            record.Label("risk.rule", $"{rule.Id} ({rule.Tier.ToString().ToLowerInvariant()}): {rule.Matched}");
        }

        foreach (var path in summary.ChangedPaths)
        {
            record.Label("patch.path", path);
            if (risk.IsProtected(path))
            {
                record.Label("patch.protected", path);
            }
        }

        foreach (var (duty, why) in ChangeDuties.Of(run.Base.Settings, patch))
        {
            record.Label("stewardship", duty);
            record.Label("stewardship.why", $"{duty}: {why}");
        }
    }

    private static string Describe(IReadOnlyList<PatchFinding> findings)
    {
        var text = new StringBuilder();
        foreach (var f in findings.Take(5))
        {
            text.Append(text.Length == 0 ? "" : "; ").Append(CultureInfo.InvariantCulture, $"{f.Rule} {f.Path} (line {f.Line} of the patch): {f.Message}");
        }

        return findings.Count > 5 ? text.Append(CultureInfo.InvariantCulture, $"; and {findings.Count - 5} more").ToString() : text.ToString();
    }
}
