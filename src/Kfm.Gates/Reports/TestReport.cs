using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Reports;

/// <summary>A test run without what differs from run to run: no machine names, ids, times or durations.</summary>
public sealed class TestReport
{
    /// <summary>The version of tests.json.</summary>
    public const int FormatVersion = 1;

    /// <summary>Creates the report.</summary>
    /// <param name="tests">The tests, in any order, at least one.</param>
    /// <exception cref="ReportFormatException">There is no test: a run that tested nothing has not passed.</exception>
    public TestReport(IEnumerable<TestCase> tests)
    {
        Tests = [.. tests.OrderBy(test => test.Name, StringComparer.Ordinal).ThenBy(test => test.Outcome)];
        if (Tests.Count == 0)
        {
            throw new ReportFormatException("The run has no test.");
        }
    }

    /// <summary>The tests by name, ordinal; a name may occur twice.</summary>
    public IReadOnlyList<TestCase> Tests { get; }

    /// <summary>How many tests there are.</summary>
    public int Total => Tests.Count;

    /// <summary>How many passed.</summary>
    public int Passed => Tests.Count(test => test.Outcome == TestOutcome.Passed);

    /// <summary>How many failed.</summary>
    public int Failed => Tests.Count(test => test.Outcome == TestOutcome.Failed);

    /// <summary>How many did not run.</summary>
    public int Skipped => Tests.Count(test => test.Outcome == TestOutcome.Skipped);

    /// <summary>Whether a test passed and none failed.</summary>
    public bool IsPassed => Failed == 0 && Passed > 0;

    /// <summary>One report of several.</summary>
    /// <param name="reports">The reports, at least one.</param>
    /// <exception cref="ReportFormatException">There is no report.</exception>
    public static TestReport Merge(IEnumerable<TestReport> reports) => new(reports.SelectMany(report => report.Tests));

    /// <summary>The bytes of tests.json: RFC 8785 and a newline.</summary>
    public byte[] ToJson()
    {
        var tests = Tests.Select(test => (JsonNode?)new JsonObject { ["name"] = test.Name, ["outcome"] = test.Outcome.ToString().ToLowerInvariant() });
        var root = new JsonObject
        {
            ["formatVersion"] = FormatVersion,
            ["total"] = Total,
            ["passed"] = Passed,
            ["failed"] = Failed,
            ["skipped"] = Skipped,
            ["tests"] = new JsonArray([.. tests]),
        };
        return [.. CanonicalJson.Canonicalize(root), (byte)'\n'];
    }
}
