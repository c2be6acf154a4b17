using System.Text;
using Kfm.Gates.Reports;

namespace Kfm.Gates.Tests.Reports;

public class ChangedCoverageTests
{
    private static readonly string[] Paths = ["src/App/A.cs", "src/Other/A.cs", "A.cs", "src/App/B.cs", "docs/a.md"];

    [Fact]
    public void Added_lines_that_ran_are_counted()
    {
        var coverage = Of(Report("/w/x/", Class("src/App/A.cs", "1:1", "2:0", "3:5", "9:0")), ("src/App/A.cs", [1, 2, 3, 4]));
        Assert.Equal((2, 3), (coverage.Covered, coverage.Valid));
        Assert.Equal(2 / 3d, coverage.LineRate);
        Assert.Empty(coverage.Unmeasured);
    }

    [Fact]
    public void Lines_that_cannot_run_have_no_rate() => Assert.Null(Of(Report("/w/", Class("src/App/A.cs", "1:1")), ("src/App/A.cs", [2])).LineRate);

    [Theory]
    [InlineData("/w/", "src/App/A.cs", "src/App/A.cs")]
    [InlineData("/w/src/App/", "A.cs", "src/App/A.cs")]
    [InlineData("/w/src/App", "A.cs", "src/App/A.cs")]
    [InlineData("", "/w/src/Other/A.cs", "src/Other/A.cs")]
    [InlineData("", "/_/src/App/A.cs", "src/App/A.cs")]
    [InlineData("/w/", "A.cs", "A.cs")]
    [InlineData("/w/", "src\\App\\B.cs", "src/App/B.cs")]
    [InlineData("/w/lib/", "XA.cs", null)]
    public void File_of_a_report_is_the_longest_path_that_it_ends_with(string source, string name, string? expected) =>
        Assert.Equal(expected, Assert.Single(Report(source, Class(name, "1:1"))).PathIn(Paths));

    [Fact]
    public void Changed_file_of_which_no_report_speaks_is_told() =>
        Assert.Equal(["docs/a.md", "src/App/B.cs"], Of(Report("/w/", Class("src/App/A.cs", "1:1")), ("src/App/B.cs", [1]), ("src/App/A.cs", [1]), ("docs/a.md", [1])).Unmeasured);

    [Fact]
    public void Line_runs_when_it_ran_in_one_report()
    {
        var reports = Report("/w/", Class("src/App/A.cs", "1:0", "2:1")).Concat(Report("/w/", Class("src/App/A.cs", "1:3", "2:0")));
        var added = new Dictionary<string, IReadOnlySet<int>>(StringComparer.Ordinal) { ["src/App/A.cs"] = new HashSet<int> { 1, 2 } };
        Assert.Equal(1, ChangedCoverage.Of(reports, added, Paths).LineRate);
    }

    [Theory]
    [InlineData("<coverage/>")]
    [InlineData("<report><class filename=\"a\"><line number=\"1\" hits=\"1\"/></class></report>")]
    [InlineData("<coverage><line number=\"1\" hits=\"1\"/></coverage>")]
    [InlineData("<coverage><class filename=\"a\"><line number=\"0\" hits=\"1\"/></class></coverage>")]
    [InlineData("<coverage><class filename=\"a\"><line number=\"99999999999\" hits=\"1\"/></class></coverage>")]
    [InlineData("<coverage><class filename=\"a\"><line number=\"1\" hits=\"-1\"/></class></coverage>")]
    [InlineData("<coverage><class><line number=\"1\" hits=\"1\"/></class></coverage>")]
    [InlineData("<coverage><class filename=\"a\"><line number=\"1\" hits=\"1\"/></class>")]
    public void Lines_that_cannot_be_read_are_refused(string text) => Assert.Throws<ReportFormatException>(() => CoberturaReader.ReadFiles(Encoding.UTF8.GetBytes(text)));

    private static ChangedCoverage Of(IReadOnlyList<CoveredFile> report, params (string Path, int[] Lines)[] added) =>
        ChangedCoverage.Of(report, added.ToDictionary(a => a.Path, a => (IReadOnlySet<int>)a.Lines.ToHashSet(), StringComparer.Ordinal), Paths);

    private static IReadOnlyList<CoveredFile> Report(string source, string classes) =>
        CoberturaReader.ReadFiles(Encoding.UTF8.GetBytes($"<coverage><sources><source>{source}</source></sources><packages><package><classes>{classes}</classes></package></packages></coverage>"));

    private static string Class(string name, params string[] lines) => $"<class filename=\"{name}\"><methods><method><lines>{Line(lines[0])}</lines></method></methods><lines>{string.Concat(lines.Select(Line))}</lines></class>";

    private static string Line(string line) => line.Split(':') is [var number, var hits] ? $"<line number=\"{number}\" hits=\"{hits}\"/>" : "";
}
