using System.Text;
using Kfm.Gates.Reports;

namespace Kfm.Gates.Tests.Reports;

public class ReportTests
{
    private static string Trx(string results, string summary = "<ResultSummary outcome=\"Completed\"><Counters total=\"2\"/></ResultSummary>") => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun id="0b3e" name="host 2026-01-01" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>{results}</Results>
          {summary}
        </TestRun>
        """;

    private static string Result(string name, string outcome) =>
        $"<UnitTestResult testName=\"{name}\" outcome=\"{outcome}\" computerName=\"box\" duration=\"00:00:01\"><Output><StdOut>x</StdOut></Output></UnitTestResult>";

    private static TestReport Read(string text) => TrxReader.Read(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Trx_is_read_without_machine_ids_and_times()
    {
        var report = Read(Trx(Result("B.two", "NotExecuted") + Result("A.one", "Passed")));
        Assert.True(report.IsPassed);
        Assert.Equal(
            """{"failed":0,"formatVersion":1,"passed":1,"skipped":1,"tests":[{"name":"A.one","outcome":"passed"},{"name":"B.two","outcome":"skipped"}],"total":2}""" + "\n",
            Encoding.UTF8.GetString(report.ToJson()));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Timeout")]
    [InlineData("Aborted")]
    public void Failed_test_fails_the_run(string outcome)
    {
        var report = Read(Trx(Result("A", "Passed") + Result("B", outcome), "<ResultSummary outcome=\"Failed\"><Counters total=\"2\"/></ResultSummary>"));
        Assert.False(report.IsPassed);
        Assert.Equal(1, report.Failed);
    }

    public static TheoryData<string> Broken =>
    [
        "",
        "<TestRun/>",
        Trx("", "<ResultSummary outcome=\"Completed\"><Counters total=\"0\"/></ResultSummary>"),
        Trx(Result("A", "Passed")),
        Trx(Result("A", "Passed") + Result("B", "Passed"), ""),
        Trx(Result("A", "Passed") + Result("B", "Odd")),
        Trx(Result("A", "Passed") + Result("B", "Passed"), "<ResultSummary outcome=\"Aborted\"><Counters total=\"2\"/></ResultSummary>"),
        Trx(Result("A", "Passed") + Result("B", "Passed"), "<ResultSummary outcome=\"Failed\"><Counters total=\"2\"/></ResultSummary>"),
        Trx(Result("A", "Passed") + Result("B", "Passed"))[..^12],
        "<!DOCTYPE TestRun [<!ENTITY a \"b\">]>" + Trx(Result("A", "Passed") + Result("B", "Passed"))[39..],
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Report_that_is_broken_or_empty_is_refused(string text) => Assert.Throws<ReportFormatException>(() => Read(text));

    [Fact]
    public void Every_cut_of_a_report_is_refused()
    {
        var text = Trx(Result("A", "Passed") + Result("B", "Passed"));
        Assert.All(Enumerable.Range(0, text.TrimEnd().Length), length => Assert.Throws<ReportFormatException>(() => Read(text[..length])));
    }

    [Fact]
    public void Skipped_alone_is_not_passed() => Assert.False(new TestReport([new TestCase("A", TestOutcome.Skipped)]).IsPassed);

    [Fact]
    public void Reports_are_merged()
    {
        var one = new TestReport([new TestCase("B", TestOutcome.Passed)]);
        Assert.Equal(["A", "B"], TestReport.Merge([one, new TestReport([new TestCase("A", TestOutcome.Failed)])]).Tests.Select(t => t.Name));
        Assert.Throws<ReportFormatException>(() => TestReport.Merge([]));
    }

    [Fact]
    public void Cobertura_gives_the_line_rate()
    {
        const string Doctype = "<!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">";
        var report = CoberturaReader.Read(Encoding.UTF8.GetBytes(Doctype + "<coverage line-rate=\"0.875\" lines-covered=\"7\" lines-valid=\"8\"><packages/></coverage>"));
        Assert.Equal(0.875, report.LineRate);
        Assert.Equal(0.5, CoverageReport.Merge([report, new CoverageReport(1, 8)]).LineRate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<coverage lines-covered=\"7\" lines-valid=\"8\">")]
    [InlineData("<coverage lines-covered=\"0\" lines-valid=\"0\"/>")]
    [InlineData("<coverage lines-covered=\"9\" lines-valid=\"8\"/>")]
    [InlineData("<coverage line-rate=\"1\"/>")]
    [InlineData("<report lines-covered=\"7\" lines-valid=\"8\"/>")]
    public void Coverage_that_is_broken_or_empty_is_refused(string text) =>
        Assert.Throws<ReportFormatException>(() => CoberturaReader.Read(Encoding.UTF8.GetBytes(text)));
}
