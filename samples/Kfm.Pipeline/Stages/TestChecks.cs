using Kfm.Agent.Previews;
using Kfm.Gates.Reports;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Runs tests and lint side by side, and reads what the tests wrote: an exit code alone proves no test.</summary>
internal static class TestChecks
{
    public static async Task RunAsync(PipelineRun run, StageRecord record, CancellationToken cancellationToken)
    {
        if (run.Base.Settings is { Test: null, Lint: null })
        {
            record.Check("tests", CheckStatus.Skipped, "kfm.json has no such step");
            record.Check("lint", CheckStatus.Skipped, "kfm.json has no such step");
            return;
        }

        var workspace = await run.WorkspaceAsync(cancellationToken);
        var (test, lint) = (workspace.TestAsync(), workspace.LintAsync());
        await Task.WhenAll(test, lint);
        Tests(run, record, await test);
        await CoverageAsync(run, record, await test, cancellationToken);
        var style = (await lint).Check;
        record.Check(style.Name, style.Status, style.Detail);
    }

    private static void Tests(PipelineRun run, StageRecord record, StepResult step)
    {
        if (step.Check.Status == CheckStatus.Skipped || (step.Check.Status != CheckStatus.Passed && step.ResultFiles.Count == 0))
        {
            record.Check("tests", step.Check.Status, step.Check.Detail);
            Log(run, record, step);
            return;
        }

        try
        {
            Results(run, record, step);
        }
        catch (KfmException e)
        {
            record.Check("tests", CheckStatus.Error, e.Message);
        }
    }

    private static void Results(PipelineRun run, StageRecord record, StepResult step)
    {
        var report = TestReport.Merge(step.ResultFiles.Select(f => TrxReader.Read(File.ReadAllBytes(f))));
        run.Bundle.Write(BundleFiles.Tests, report.ToJson());
        record.Generate(BundleFiles.Tests, ArtifactRole.Report);
        record.Measure("tests.passed", report.Passed);
        record.Measure("tests.failed", report.Failed);
        record.Measure("tests.skipped", report.Skipped);
        var failed = report.Tests.Where(t => t.Outcome == TestOutcome.Failed).Select(t => t.Name).Take(5);
        record.Check("tests", report.IsPassed && step.Check.Status == CheckStatus.Passed, "failed: " + string.Join(", ", failed.DefaultIfEmpty(step.Check.Detail ?? "no test passed")));
    }

    private static async Task CoverageAsync(PipelineRun run, StageRecord record, StepResult step, CancellationToken cancellationToken)
    {
        if (step.CoverageFiles.Count == 0)
        {
            return;
        }

        try
        {
            byte[][] reports = [.. step.CoverageFiles.Select(File.ReadAllBytes)];
            record.Measure("coverage.lines", Math.Round(CoverageReport.Merge(reports.Select(bytes => CoberturaReader.Read(bytes))).LineRate, 4));
            var changed = await HeadChanges.CoverageAsync(run, reports, cancellationToken);
            if (changed.LineRate is { } rate)
            {
                record.Measure("coverage.changed", Math.Round(rate, 4));
            }

            foreach (var path in changed.Unmeasured.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)))
            {
                record.Label("coverage.unmeasured", path);
            }
        }
        catch (KfmException e)
        {
            record.Check("coverage", CheckStatus.Error, e.Message);
        }
    }

    private static void Log(PipelineRun run, StageRecord record, StepResult step)
    {
        if (step.LogTail.Length > 0)
        {
            run.Bundle.Write("qa/tests.log", run.Redaction.CleanLines(step.LogTail));
            record.Generate("qa/tests.log", ArtifactRole.Log);
        }
    }
}
