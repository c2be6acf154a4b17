using Kfm.Gates.Reports;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Previews;

/// <summary>Reads what a test command wrote. An exit code alone proves nothing: a run without a report has not passed.</summary>
internal static class TestOutput
{
    private const long LargestFile = 64 << 20;

    /// <summary>The result of a command that ran, with its reports read.</summary>
    public static StepResult Read(StepResult result, bool expectCoverage)
    {
        try
        {
            if (result.ResultFiles.Count == 0)
            {
                return result.Check.Status == CheckStatus.Passed ? Wrong(result, "it wrote no test results") : result;
            }

            var report = TestReport.Merge(result.ResultFiles.Select(file => TrxReader.Read(Content(file))));
            var read = result with { Report = report, Check = Check(result.Check, report) };
            return expectCoverage
                ? read with { Coverage = CoverageReport.Merge(result.CoverageFiles.Select(file => CoberturaReader.Read(Content(file)))) }
                : read;
        }
        catch (ReportFormatException e)
        {
            return Wrong(result, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wrong(result, "its test results cannot be read");
        }
    }

    private static CheckResult Check(CheckResult byExitCode, TestReport report)
    {
        if (report.Tests.FirstOrDefault(test => test.Outcome == TestOutcome.Failed) is { } failed)
        {
            return byExitCode with { Status = CheckStatus.Failed, Detail = FormattableString.Invariant($"{report.Failed} of {report.Total} tests failed, first {failed.Name}") };
        }

        return byExitCode.Status != CheckStatus.Passed || report.IsPassed
            ? byExitCode
            : byExitCode with { Status = CheckStatus.Failed, Detail = "no test passed" };
    }

    private static StepResult Wrong(StepResult result, string detail) =>
        result with { Check = result.Check with { Status = CheckStatus.Error, Detail = detail } };

    private static byte[] Content(string file)
    {
        try
        {
            return RegularFile.Read(file, LargestFile);
        }
        catch (RegularFileException e)
        {
            throw new ReportFormatException($"The report {e.Reason}.");
        }
    }
}
