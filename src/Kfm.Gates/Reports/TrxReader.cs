using System.Globalization;
using System.Xml;

namespace Kfm.Gates.Reports;

/// <summary>Reads test results of <c>dotnet test --logger trx</c>.</summary>
public static class TrxReader
{
    private const string Namespace = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
    private const int ResultDepth = 2;

    /// <summary>Reads a TRX file.</summary>
    /// <param name="utf8">The file, as the logger writes it.</param>
    /// <exception cref="ReportFormatException">
    /// The file is not TRX, is cut off, has no test, holds fewer results than its summary counts, or the run was broken off.
    /// </exception>
    public static TestReport Read(ReadOnlySpan<byte> utf8)
    {
        var tests = new List<TestCase>();
        string? outcome = null;
        int? total = null;
        ReportXml.Read(utf8, DtdProcessing.Prohibit, reader =>
        {
            if (reader.Depth == 0 && (reader.LocalName is not "TestRun" || reader.NamespaceURI is not Namespace))
            {
                throw ReportXml.Error(reader, "The report is not a TRX file.");
            }

            switch (reader.LocalName)
            {
                case "UnitTestResult" when reader.Depth == ResultDepth:
                    tests.Add(new TestCase(ReportXml.Attribute(reader, "testName"), Outcome(reader)));
                    break;
                case "ResultSummary":
                    outcome = ReportXml.Attribute(reader, "outcome");
                    break;
                case "Counters":
                    total = Count(reader);
                    break;
            }
        });
        return Complete(new TestReport(tests), outcome, total);
    }

    private static TestReport Complete(TestReport report, string? outcome, int? total)
    {
        if (outcome is null || total is null)
        {
            throw new ReportFormatException("The report has no summary: the run did not end.");
        }

        if (total != report.Total)
        {
            throw new ReportFormatException($"The summary counts {total} tests, the report holds {report.Total}.");
        }

        return outcome is "Completed" or "Passed" || (outcome is "Failed" && report.Failed > 0)
            ? report
            : throw new ReportFormatException("The run was broken off: its outcome is " + outcome + ".");
    }

    private static int Count(XmlReader reader) =>
        int.TryParse(ReportXml.Attribute(reader, "total"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw ReportXml.Error(reader, "The total is not a number.");

    private static TestOutcome Outcome(XmlReader reader) => reader.GetAttribute("outcome") switch
    {
        "Passed" => TestOutcome.Passed,
        "Failed" or "Error" or "Timeout" or "Aborted" or "Disconnected" or "PassedButRunAborted" => TestOutcome.Failed,
        "NotExecuted" or "NotRunnable" or "Inconclusive" or "Pending" => TestOutcome.Skipped,
        _ => throw ReportXml.Error(reader, "The outcome of a test is not known."),
    };
}
