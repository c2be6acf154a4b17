using System.Text;
using Kfm.Agent.Git;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Tests, lint, contracts, data, labels of ethics, and the secrets scan of the added lines.</summary>
internal sealed class QaStage : PipelineStage
{
    public override string Name => "qa";

    public override Stage? Fact => Stage.Qa;

    public override string FailureCheck => "tests";

    public override async Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var record = run.Record(Stage.Qa);
        var facts = new FactQuery(run.Evidence.Facts);
        record.Use(facts.Artifact("repo:commit/head")!, "source");
        record.Use(BundleFiles.Patch, "patch");
        var clone = await HeadClone.EnsureAsync(run, cancellationToken);
        var head = new HeadFiles(await SourceRepository.OpenAsync(run.Processes, clone.Directory, cancellationToken), run.Trace!.HeadCommit);

        // The scan is first: what it finds stands in the record even when a later check cannot run.
        var secrets = SecretScanner.ScanPatch(Encoding.UTF8.GetString(run.Bundle.Bytes(BundleFiles.Patch)));
        record.Check("secrets.patch", secrets.Count == 0, string.Join("; ", secrets));
        await TestChecks.RunAsync(run, record, cancellationToken);
        await CodeChecks.RunAsync(run, record, cancellationToken);
        await PackChecks.RunAsync(run, record, head, cancellationToken);
        await DataChecks.RunAsync(run, record, head, cancellationToken);
        await EthicsCheck.RunAsync(run, record, head, cancellationToken);
        return Result(new FactQuery(run.Evidence.Facts));
    }

    private static StageResult Result(FactQuery facts)
    {
        var checks = facts.Checks.Where(c => c.Run.Stage == Stage.Qa).ToArray();
        var failed = checks.Where(c => c.Status is CheckStatus.Failed or CheckStatus.Error).ToArray();
        return failed.Length == 0
            ? StageResult.Ok($"{checks.Count(c => c.Status == CheckStatus.Passed)} checks passed, {facts.Measure("tests.passed") ?? 0} tests")
            : StageResult.Failed(string.Join("; ", failed.Select(c => c.Detail is null ? c.Name : $"{c.Name}: {c.Detail}")));
    }
}
