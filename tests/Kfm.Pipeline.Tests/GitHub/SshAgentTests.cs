using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.GitHub;

/// <summary>A key that only a real ssh-agent holds.</summary>
public sealed partial class SshAgentTests : IDisposable
{
    private readonly SshKeygen _ssh = new();
    private int _agent;

    [SshKeygenTheory]
    [InlineData("ed25519")]
    public async Task Key_that_an_agent_holds_approves_without_its_file(string type)
    {
        var line = _ssh.Create("key", type);
        var socket = _ssh.PathOf("agent");
        _agent = int.Parse(AgentId().Match(Tool("ssh-agent", socket, "-s", "-a", socket)).Groups["id"].Value, CultureInfo.InvariantCulture);
        Tool("ssh-add", socket, "-q", _ssh.PathOf("key"));
        File.Delete(_ssh.PathOf("key"));
        using var run = new PullRequestRun(people: p => p["people"]![0]!["ssh"] = new System.Text.Json.Nodes.JsonArray("person:lead " + line));
        run.Variables["SSH_AUTH_SOCK"] = socket;
        Assert.True((await run.ProposeAsync("src/a.txt")).ExitCode == 3, run.Said);

        var approved = await run.RunAsync("approve", run.Bundle, "--role", "lead", "--ssh-key", _ssh.PathOf("key.pub"));
        Assert.True(approved.ExitCode == 0, run.Said);

        // Without the agent nobody can sign.
        run.Variables.Remove("SSH_AUTH_SOCK");
        Assert.Equal(1, (await run.RunAsync("approve", run.Bundle, "--role", "lead", "--ssh-key", _ssh.PathOf("key.pub"))).ExitCode);
        Assert.Contains("ssh-keygen did not sign", run.Said, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (_agent > 0)
        {
            using var agent = Process.GetProcessById(_agent);
            agent.Kill();
        }

        _ssh.Dispose();
    }

    private static string Tool(string name, string socket, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["SSH_AUTH_SOCK"] = socket;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadLine() + "\n" + process.StandardOutput.ReadLine();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    [GeneratedRegex("SSH_AGENT_PID=(?<id>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AgentId();
}
