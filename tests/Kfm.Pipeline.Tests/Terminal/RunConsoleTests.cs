using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Tests.Terminal;

public sealed class RunConsoleTests
{
    private static readonly StageLine Build = new("build", "ok", TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(0.25), "2 artifacts");
    private static readonly StageLine Qa = new("qa", "failed", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.5), "tests\u001b[31m");

    [Fact]
    public void Plain_progress_is_one_line_a_stage_with_its_own_time() =>
        Assert.Equal(
            "  build      ok         2.50 s  own  0.25 s  2 artifacts\n"
            + "  qa         failed     1.00 s  own  0.50 s  tests[U+001B][31m\n"
            + "  own time, child processes excluded: 0.75 s (start 0.00 s) of 3.5 s\n",
            Run(interactive: false, compact: false));

    [Fact]
    public void Compact_progress_puts_the_stages_in_one_line() =>
        Assert.StartsWith("  build 2.50/0.25, qa failed 1.00/0.50\n  own time", Run(interactive: false, compact: true), StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Terminal_shows_a_stage_while_it_works_and_writes_over_it(bool compact)
    {
        var text = Run(interactive: true, compact);

        Assert.Contains("build", text.Split("\r\e[K")[compact ? 1 : 0], StringComparison.Ordinal);
        Assert.Contains("...", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[31m2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compact_progress_never_wraps()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new RunConsole(output, interactive: true, compact: true);
        foreach (var name in new[] { "intent", "design", "agent", "patch", "build", "qa", "provenance", "gate", "pr" })
        {
            console.Started(name);
            console.Finished(Build with { Name = name, Outcome = "skipped" });
        }

        Assert.All(output.ToString().Split("\r\e[K").SelectMany(s => s.Split('\n')), line => Assert.InRange(line.Length, 0, 79));
    }

    [Fact]
    public void Long_fields_wrap_below_themselves()
    {
        using var output = new StringWriter { NewLine = "\n" };
        new RunConsole(output, interactive: false).Field("cause", string.Join(' ', Enumerable.Repeat("word", 40)));
        var lines = output.ToString().TrimEnd('\n').Split('\n');

        Assert.All(lines, l => Assert.InRange(l.Length, 1, 79));
        Assert.All(lines.Skip(1), l => Assert.StartsWith("           word", l, StringComparison.Ordinal));
    }

    [Fact]
    public void Plain_table_aligns_columns_and_shows_hidden_characters()
    {
        using var output = new StringWriter { NewLine = "\n" };
        new RunConsole(output, interactive: false).Table(["a", "b"], [["long cell", "x"], ["\u202e", "y"]]);

        Assert.Equal("a          b\nlong cell  x\n[U+202E]   y\n", output.ToString());
    }

    private static string Run(bool interactive, bool compact)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = new RunConsole(output, interactive, compact);
        foreach (var line in new[] { Build, Qa })
        {
            console.Started(line.Name);
            console.Finished(line);
        }

        console.OwnTime(TimeSpan.FromSeconds(0.75), TimeSpan.Zero);
        return output.ToString();
    }
}
