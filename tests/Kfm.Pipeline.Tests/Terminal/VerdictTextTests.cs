using Kfm.Agent.Tests.PullRequests;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Tests.Report;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Tests.Terminal;

public sealed class VerdictTextTests
{
    [Fact]
    public void Review_gives_the_command_for_each_missing_approval()
    {
        using var run = new ReportRun(Verdict.Review, ["build_ok", "review: approval of lead"]) { Approvals = ["lead"] };
        var text = Print(run, "/tmp/a b");

        Assert.Contains("  verdict  review  exit 3: ", text, StringComparison.Ordinal);
        Assert.Contains("kfm approve '/tmp/a b' --role lead --key KEY", text, StringComparison.Ordinal);
        Assert.Contains("  passed   build\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Denial_names_causes_before_anything_that_passed()
    {
        using var run = new ReportRun(Verdict.Deny, [])
        {
            Record = new RecordedProposal(Verdict.Deny, ["deny: contract: tests failed", "secrets_ok"])
            {
                Checks = [RecordedProposal.Check(Stage.Qa, "tests", CheckStatus.Failed, "1 of 3")],
            },
        };
        var lines = Print(run, "out").Split('\n');

        Assert.Equal("  verdict  deny  exit 2: a gate denied; no approval changes that", lines[0]);
        Assert.Equal("  cause    tests failed in qa: 1 of 3", lines[1]);
        Assert.Equal("  passed   secrets", lines[3]);
    }

    [Theory]
    [InlineData(Verdict.Allow, "exit 0")]
    [InlineData(Verdict.Review, "exit 3")]
    [InlineData(Verdict.Deny, "exit 2")]
    public void Verdict_comes_with_its_exit_code(Verdict verdict, string code)
    {
        using var run = new ReportRun(verdict, []);

        Assert.Contains(code, Print(run, "out"), StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_is_ascii_without_escape_codes_whatever_the_record_holds()
    {
        using var run = new ReportRun(Verdict.Deny, [])
        {
            Record = new RecordedProposal(Verdict.Deny, ["deny: a\u001b[2J", "note\u202e"])
            {
                Checks = [RecordedProposal.Check(Stage.Qa, "\u001b]0;x\u0007", CheckStatus.Failed, "a\rb\u009b31m")],
            },
        };

        Assert.DoesNotContain(Print(run, "o\u001but"), c => c is not '\n' and (< ' ' or > '~'));
    }

    private static string Print(ReportRun run, string directory)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new VerdictText(new RunConsole(output, interactive: false), run.View(), directory).Print();
        return output.ToString();
    }
}
