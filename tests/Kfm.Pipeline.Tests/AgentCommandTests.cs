using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Tests.Formats;

namespace Kfm.Pipeline.Tests;

public sealed class AgentCommandTests : IDisposable
{
    private readonly KfmHost _host = new();

    [Fact]
    public async Task Agent_of_the_caller_proposes_and_is_recorded()
    {
        using var repository = new SmallRepository(s => s["agent"] = new JsonObject { ["version"] = new JsonArray("sh", "-c", "echo agent 4.5") });
        var result = await RunAsync(repository, "sh", "-c", """echo three >>docs/a.md; echo '{"kfmSession":1,"model":{"name":"model-x"},"toolCalls":3}' >"$KFM_SESSION_LOG"; echo --json --out elsewhere""");

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        using var log = JsonDocument.Parse(File.ReadAllBytes(_host.PathOf("out/agent.json")));
        Assert.Empty(SchemaFiles.Compile("agent-v2").Validate(File.ReadAllBytes(_host.PathOf("out/agent.json"))).Errors);
        var root = log.RootElement;
        Assert.Equal(("command", "command:sh", "model-x"), (Text(root, "source"), Text(root, "model"), Text(root, "modelVersion")));
        Assert.Equal(("sh", "agent 4.5"), (Text(root.GetProperty("command"), "tool"), Text(root.GetProperty("command"), "version")));
        Assert.Equal(3, root.GetProperty("session").GetProperty("toolCalls").GetInt32());
        using var context = JsonDocument.Parse(File.ReadAllBytes(_host.PathOf("out/context.json")));
        Assert.Equal("passed", Text(context.RootElement.GetProperty("checks").GetProperty("secrets.session"), "status"));
        Assert.Contains(context.RootElement.GetProperty("actors").EnumerateArray(), a => Text(a, "id") == "ai:command:sh");
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("true", "changed nothing")]
    [InlineData("ln -s /etc/passwd l", "made or changed a link: l")]
    [InlineData("printf 'a\\0b' >b.bin", "binary")]
    public async Task Agent_without_a_proposal_is_denied_with_the_reason(string script, string reason)
    {
        using var repository = new SmallRepository();
        var result = await RunAsync(repository, "sh", "-c", script);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
    }

    [Theory]
    [InlineData("echo \"$SAMPLE_VALUE\" >>docs/a.md", "secrets.answer failed: known-secret SAMPLE_VALUE")]
    [InlineData("echo ok >>docs/a.md; echo \"$SAMPLE_VALUE\"", "secrets.session failed: standard output: known-secret SAMPLE_VALUE")]
    [InlineData("echo ok >>docs/a.md; echo \"$SAMPLE_VALUE\" | base64 >&2", "secrets.session failed: standard error: known-secret SAMPLE_VALUE")]
    [InlineData("echo ok >>docs/a.md; echo \"$SAMPLE_VALUE\" >\"$KFM_SESSION_LOG\"", "secrets.session failed: session log: known-secret SAMPLE_VALUE")]
    public async Task Value_that_the_agent_was_given_is_a_secret_wherever_it_shows(string script, string reason)
    {
        Environment.SetEnvironmentVariable("SAMPLE_VALUE", "plain words that no rule knows");
        using var repository = new SmallRepository(s => s["agent"] = new JsonObject { ["environment"] = new JsonArray("SAMPLE_VALUE") });
        var result = await RunAsync(repository, "sh", "-c", script);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        Assert.All(DirectoryTree.Files(_host.PathOf("out")), f =>
            Assert.DoesNotContain("plain words", File.ReadAllText(Path.Combine(_host.PathOf("out"), f)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_after_the_command_belong_to_it_and_a_command_is_needed()
    {
        using var repository = new SmallRepository();
        var result = await _host.RunAsync("propose", "--repo", repository.Path, "--intent", "Document it", "--out", _host.PathOf("out"), "--agent-command");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--agent-command", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();

    private Task<CommandResult> RunAsync(SmallRepository repository, params string[] command) =>
        _host.RunAsync(["run", "--repo", repository.Path, "--intent", "Document it", "--out", _host.PathOf("out"), "--agent-command", .. command]);

    private static string? Text(JsonElement value, string name) => value.GetProperty(name).GetString();
}
