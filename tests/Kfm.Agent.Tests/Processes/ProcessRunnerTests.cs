using System.Text;
using Kfm.Agent.Processes;

namespace Kfm.Agent.Tests.Processes;

public sealed class ProcessRunnerTests
{
    private readonly ProcessRunner _runner = new(new ProcessTimer(TimeProvider.System));

    [Fact]
    public async Task Exit_code_and_both_outputs_are_kept()
    {
        var result = await Shell("echo out; echo err >&2; exit 7");

        Assert.Equal((7, "out\n", "err\n"), (result.ExitCode, result.OutputText, result.ErrorText));
        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task Environment_is_only_what_is_given()
    {
        var result = await _runner.RunAsync(new ProcessRequest("/usr/bin/env", [], Path.GetTempPath())
        {
            Environment = new Dictionary<string, string> { ["ONLY"] = "this" },
        });

        Assert.Equal("ONLY=this\n", result.OutputText);
    }

    [Fact]
    public async Task Arguments_reach_the_child_unchanged()
    {
        var result = await _runner.RunAsync(new ProcessRequest("/usr/bin/printf", ["%s|", "a b", "$HOME", "\"q\"", "*"], Path.GetTempPath()));

        Assert.Equal("a b|$HOME|\"q\"|*|", result.OutputText);
    }

    [Fact]
    public async Task Input_reaches_the_child()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 1 << 20));

        var result = await _runner.RunAsync(new ProcessRequest("/bin/cat", [], Path.GetTempPath()) { Input = bytes });

        Assert.True(result.Output.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task Input_that_nobody_reads_is_no_failure()
    {
        var result = await _runner.RunAsync(new ProcessRequest("/bin/true", [], Path.GetTempPath()) { Input = new byte[1 << 20] });

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Output_over_the_limit_is_dropped_and_told()
    {
        var result = await _runner.RunAsync(new ProcessRequest("/usr/bin/head", ["-c", "100000", "/dev/zero"], Path.GetTempPath()) { OutputLimit = 1000 });

        Assert.Equal((1000, true, false), (result.Output.Length, result.Truncated, result.Succeeded));
    }

    [Fact]
    public async Task Timeout_kills_the_child_with_its_descendants()
    {
        var result = await _runner.RunAsync(new ProcessRequest("/bin/sh", ["-c", "sleep 600 & echo $!; wait"], Path.GetTempPath())
        {
            Environment = Path_only,
            Timeout = TimeSpan.FromMilliseconds(500),
        });

        Assert.True(result.TimedOut);
        Assert.True(SpinWait.SpinUntil(() => !Runs(result.OutputText.Trim()), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Cancellation_kills_the_child_and_throws()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runner.RunAsync(
            new ProcessRequest("/bin/sleep", ["600"], Path.GetTempPath()),
            source.Token));
    }

    [Fact]
    public async Task A_server_left_behind_does_not_hold_the_result()
    {
        var result = await Shell("sleep 600 & echo $!");

        var server = result.OutputText.Trim();
        Assert.True(Runs(server));
        await Shell("kill " + server);
    }

    [Fact]
    public async Task Missing_program_is_a_typed_error()
    {
        var error = await Assert.ThrowsAsync<ProcessStartException>(() => _runner.RunAsync(new ProcessRequest("no-such-program", [], Path.GetTempPath())));

        Assert.Equal("no-such-program", error.FileName);
    }

    [Fact]
    public async Task Missing_directory_is_a_typed_error() =>
        await Assert.ThrowsAsync<ProcessStartException>(() => _runner.RunAsync(new ProcessRequest("/bin/true", [], "/no/such/directory")));

    private static Dictionary<string, string> Path_only => new() { ["PATH"] = "/usr/bin:/bin" };

    private static bool Runs(string id)
    {
        // What is killed stays as a zombie where the container has no init that reaps.
        try
        {
            return !File.ReadAllText($"/proc/{id}/status").Contains("State:\tZ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<ProcessResult> Shell(string script) =>
        _runner.RunAsync(new ProcessRequest("/bin/sh", ["-c", script], Path.GetTempPath()) { Environment = Path_only });
}
