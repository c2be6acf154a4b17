using System.Globalization;
using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>The outputs and exit codes of <c>opa test</c> (OPA: cmd/test.go, v1/tester/reporter.go, v1/cover).</summary>
public static class OpaTestOutput
{
    /// <summary>The exit code when the policy set does not load or compile.</summary>
    public const int LoadErrorExitCode = 1;

    /// <summary>2 when a test failed, was skipped or ended with an error, else 0.</summary>
    /// <param name="results">The results.</param>
    public static int ExitCode(IEnumerable<PolicyTestResult> results) => results.All(r => r.Outcome == PolicyTestOutcome.Pass) ? 0 : 2;

    /// <summary>What is said when the coverage is below the threshold.</summary>
    /// <param name="report">The coverage.</param>
    /// <param name="threshold">The percent that is asked for.</param>
    /// <returns>The line; null when the threshold is met.</returns>
    public static string? BelowThreshold(CoverageReport report, double threshold)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Percent >= threshold ? null
            : string.Create(CultureInfo.InvariantCulture, $"Code coverage threshold not met: got {report.Percent:0.00} instead of {threshold:0.00}\n");
    }

    /// <summary>The JSON output: an array with an object for each test, indented by two, with a newline. It holds no durations.</summary>
    /// <param name="results">The results.</param>
    public static string Json(IEnumerable<PolicyTestResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return JsonOutput.Write(RegoArray.Create(results.Select(One)), "  ") + "\n";
    }

    /// <summary>The pretty output: tests that did not pass (all with verbose), then the totals.</summary>
    /// <param name="results">The results.</param>
    /// <param name="verbose">Show the tests that passed too.</param>
    public static string Pretty(IReadOnlyList<PolicyTestResult> results, bool verbose)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        string? lastFile = null;
        foreach (var result in results.Where(r => verbose || r.Outcome != PolicyTestOutcome.Pass))
        {
            text.Append(lastFile is null || lastFile == result.Path ? "" : "\n");
            text.Append(CultureInfo.InvariantCulture, $"{result.Path}:{result.Row}:\n{result.Package}.{result.Name}: {Word(result.Outcome)}\n");
            text.Append(result.Message is null ? "" : "  " + result.Message + "\n");
            text.Append(verbose ? ExplanationText.Of(result.Explanation, "  ") : "");
            text.Append(result.Output.Length == 0 ? "" : "\n  " + result.Output.TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal) + "\n\n");
            lastFile = result.Path;
        }

        text.Append(lastFile is null ? "" : new string('-', 80) + "\n");
        foreach (var (outcome, label) in new[]
        {
            (PolicyTestOutcome.Pass, "PASS"), (PolicyTestOutcome.Fail, "FAIL"), (PolicyTestOutcome.Skip, "SKIPPED"), (PolicyTestOutcome.Error, "ERROR"),
        })
        {
            var count = results.Count(r => r.Outcome == outcome);
            text.Append(count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{label}: {count}/{results.Count}\n"));
        }

        return text.ToString();
    }

    /// <summary>The JSON output of coverage: files with covered and not_covered line ranges, counts and percent.</summary>
    /// <param name="report">The report.</param>
    public static string Json(CoverageReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var files = report.Files.Select(f => (f.Key, (RegoValue)Object(
            ("covered", Ranges(f.Value.Covered)),
            ("not_covered", Ranges(f.Value.NotCovered)),
            ("covered_lines", RegoValue.Of(f.Value.CoveredLines)),
            ("not_covered_lines", RegoValue.Of(f.Value.NotCoveredLines)),
            ("coverage", RegoNumber.Of(f.Value.Percent)))));
        var document = Object(
            ("files", Object([.. files])),
            ("covered_lines", RegoValue.Of(report.CoveredLines)),
            ("not_covered_lines", RegoValue.Of(report.NotCoveredLines)),
            ("coverage", RegoNumber.Of(report.Percent)));
        return JsonOutput.Write(document, "  ") + "\n";
    }

    private static string Word(PolicyTestOutcome outcome) => outcome switch
    {
        PolicyTestOutcome.Pass => "PASS",
        PolicyTestOutcome.Fail => "FAIL",
        PolicyTestOutcome.Skip => "SKIPPED",
        _ => "ERROR",
    };

    private static RegoValue One(PolicyTestResult result)
    {
        var members = new List<(string Key, RegoValue Value)>
        {
            ("location", Object(("file", RegoValue.Of(result.Path)), ("row", RegoValue.Of(result.Row)), ("col", RegoValue.Of(result.Col)))),
            ("package", RegoValue.Of(result.Package)),
            ("name", RegoValue.Of(result.Name)),
        };
        var flag = result.Outcome switch
        {
            PolicyTestOutcome.Fail => "fail",
            PolicyTestOutcome.Skip => "skip",
            _ => null,
        };
        if (flag is not null)
        {
            members.Add((flag, RegoValue.True));
        }

        if (result.Message is not null)
        {
            members.Add(("error", Object(("message", RegoValue.Of(result.Message)))));
        }

        return Object([.. members]);
    }

    private static RegoArray Ranges(IReadOnlyList<LineRange> ranges) => RegoArray.Create(ranges.Select(r => (RegoValue)Object(
        ("start", Object(("row", RegoValue.Of(r.Start)))), ("end", Object(("row", RegoValue.Of(r.End)))))));

    private static RegoObject Object(params (string Key, RegoValue Value)[] members) =>
        RegoObject.Create(members.Select(m => KeyValuePair.Create(RegoValue.Of(m.Key), m.Value)));
}
