using System.Text.Json.Nodes;
using Kfm.Agent.Codegen;
using Kfm.Ledger;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests;

/// <summary>Agents are halted and resumed from the command line; the state is that of the ledger.</summary>
public sealed class HaltCommandTests : IDisposable
{
    private static readonly string[] People = ["lead", "council", "security", "manager"];
    private static readonly DateTimeOffset Start = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private readonly KfmHost _host = new();
    private readonly GitRepository _git = new();
    private readonly SteppingTimeProvider _time = new(Start);
    private int _runs;

    public HaltCommandTests()
    {
        var people = new JsonArray();
        foreach (var name in People)
        {
            using var key = EcdsaSigningKey.Create();
            key.Save(_host.PathOf(name + ".pem"));
            people.Add(new JsonObject { ["id"] = "person:" + name, ["roles"] = new JsonArray(name), ["keys"] = new JsonArray(key.PublicKey.ToPem()) });
        }

        _git.Write("kfm.json", """{"formatVersion":1,"project":{"name":"small"},"people":".kfm/people.json","components":{"docs":["docs/**"],"data":["data/**"]}}""");
        _git.Write(".kfm/people.json", new JsonObject { ["formatVersion"] = 1, ["people"] = people }.ToJsonString());
        _git.Write("docs/a.md", "one\ntwo\n");
        _git.Commit("base");
        _host.Write("p.diff", SmallRepository.Patch);
    }

    private string Ledger => _host.PathOf("log.db");

    [Fact]
    public async Task Halted_agent_is_refused_until_council_and_security_resume()
    {
        Succeeds(await HaltAsync("lead", "global"), "Entry 0 of the ledger.");
        var refused = await ReplayAsync();
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("failed", Check("autonomy.halt")!["status"]!.ToString());
        Assert.Contains("agents are halted: global since 2026-05-06", Check("autonomy.halt")!["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["global"], Halted());
        Assert.Contains(Json("decision.json")["reasons"]!.AsArray(), r => r!.ToString().StartsWith("deny: autonomy: autonomy.halt failed: agents are halted", StringComparison.Ordinal));
        Assert.Equal(2, (await _host.RunAsync("verify", Bundle)).ExitCode);

        var given = await RunAsync("--patch", _host.PathOf("p.diff"));
        Assert.True(given.ExitCode == 0, given.Output + given.Error);
        Assert.Equal(["global"], Halted());
        Assert.Null(Check("autonomy.halt"));
        Assert.Equal(0, (await _host.RunAsync("verify", Bundle)).ExitCode);

        Assert.Contains("still missing: security", (await ResumeAsync("council", "global", 3)).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await ReplayAsync()).ExitCode);
        Assert.Contains("resumed global", (await ResumeAsync("security", "global", 0)).Output, StringComparison.Ordinal);
        var again = await ReplayAsync();
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Equal("passed", Check("autonomy.halt")!["status"]!.ToString());
        Assert.Equal(0, (await _host.RunAsync("verify", Bundle)).ExitCode);
    }

    [Fact]
    public async Task Halted_component_concerns_nothing_else_and_goes_on_under_changed_policies()
    {
        Succeeds(await HaltAsync("security", "service", "data"), "halted service:data");
        Assert.Equal(0, (await ReplayAsync()).ExitCode);
        Assert.Empty(Halted());

        Succeeds(await HaltAsync("security", "service", "docs"), "halted service:docs");
        var byIntent = await ReplayAsync();
        Assert.Equal((2, "service:docs"), (byIntent.ExitCode, Assert.Single(Halted())));
        Assert.False(File.Exists(Path.Combine(Bundle, "patch.diff")));

        // The words name nothing, and the patch touches the component.
        var byPath = await ReplayAsync("Explain more");
        Assert.Equal((2, "service:docs"), (byPath.ExitCode, Assert.Single(Halted())));
        Assert.Equal("failed", Check("autonomy.halt")!["status"]!.ToString());
        Assert.Equal(2, (await _host.RunAsync("verify", Bundle)).ExitCode);

        Assert.Contains("the policies are still those of the halt", (await ResumeAsync("lead", "service", 2, "docs")).Output, StringComparison.Ordinal);
        _git.Write(".github/policy-packs/quality-policy-pack.yml", File.ReadAllText(RepositoryRoot.Combine(".github", "policy-packs", "quality-policy-pack.yml")).Replace("0.8", "0.81", StringComparison.Ordinal));
        _git.Commit("policies");
        Assert.Contains("none of the roles lead", (await ResumeAsync("council", "service", 2, "docs")).Output, StringComparison.Ordinal);
        Assert.Contains("resumed service:docs", (await ResumeAsync("lead", "service", 0, "docs")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await ReplayAsync()).ExitCode);
    }

    [Fact]
    public async Task Status_tells_what_is_halted_as_text_and_json()
    {
        var nothing = await StatusAsync();
        Assert.Equal((0, "Nothing is halted.\n"), (nothing.ExitCode, nothing.Output));
        await HaltAsync("manager", "global");
        var text = await StatusAsync();
        Assert.Equal(2, text.ExitCode);
        Assert.StartsWith("global halted since 2026-05-06T", text.Output, StringComparison.Ordinal);
        Assert.EndsWith("(entry 0): Security incident\n  missing to resume: council, security\n", text.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await StatusAsync("--json")).Output)!;
        Assert.Equal((2, "global", "Security incident"), ((int)json["exitCode"]!, json["halted"]![0]!["scope"]!.ToString(), json["halted"]![0]!["reason"]!.ToString()));
        Assert.Equal(["council", "security"], json["halted"]![0]!["missing"]!.AsArray().Select(m => m!.ToString()));
    }

    [Fact]
    public async Task Older_copy_of_the_ledger_or_none_beside_its_checkpoint_lets_no_agent_work()
    {
        await HaltAsync("lead", "service", "data");
        var older = File.ReadAllBytes(Ledger);
        await HaltAsync("lead", "global");
        foreach (var file in LedgerAccess.FilesOf(Ledger).Where(f => !f.EndsWith(".checkpoint", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        Assert.Equal(1, (await StatusAsync()).ExitCode);
        await ProposalIsRefusedAsync("but its checkpoint: restore the ledger");
        File.WriteAllBytes(Ledger, older);
        Assert.Equal(1, (await StatusAsync()).ExitCode);
        await ProposalIsRefusedAsync("An older copy was restored");
        Assert.Equal(1, (await ReplayAsync()).ExitCode);
        File.WriteAllText(Ledger, "no ledger");
        await ProposalIsRefusedAsync("the ledger cannot be read");
    }

    [Theory]
    [InlineData("stranger", "global", null, "Security incident", "not one of the people file's")]
    [InlineData("lead", "service", "nothing", "Security incident", "no component 'nothing'; it has data, docs")]
    [InlineData("lead", "global", null, "x", "2 to 1000 characters")]
    [InlineData("lead", "global", null, "ghp_0123456789ABCDEFGHIJabcdefghij012345", "holds a secret")]
    public async Task Halt_that_cannot_stand_writes_nothing(string who, string scope, string? service, string reason, string why)
    {
        using var stranger = EcdsaSigningKey.Create();
        stranger.Save(_host.PathOf("stranger.pem"));
        var result = await HaltAsync(who, scope, service, reason);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(why, result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Ledger));
    }

    [Fact]
    public async Task Halt_stands_with_another_key_of_the_ledger_and_says_that_no_checkpoint_was_signed()
    {
        await HaltAsync("lead", "service", "data");
        var result = await CommandAsync("halt", "lead", "global", null, "Security incident", "--log-key", _host.PathOf("manager.pem"));
        Succeeds(result, "No checkpoint was signed");
        Assert.Equal(2, (await ReplayAsync()).ExitCode);
    }

    public void Dispose()
    {
        _git.Dispose();
        _host.Dispose();
    }

    private string Bundle => _host.PathOf("out" + _runs);

    private static void Succeeds(CommandResult result, string text)
    {
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains(text, result.Output, StringComparison.Ordinal);
    }

    private Task<CommandResult> HaltAsync(string who, string scope, string? service = null, string reason = "Security incident") => CommandAsync("halt", who, scope, service, reason);

    private async Task<CommandResult> ResumeAsync(string who, string scope, int expected, string? service = null)
    {
        var result = await CommandAsync("resume", who, scope, service, "Directive 7");
        Assert.True(result.ExitCode == expected, result.Output + result.Error);
        return result;
    }

    private Task<CommandResult> CommandAsync(string verb, string who, string scope, string? service, string reason, params string[] more) => _host.RunAsync(
        _time, [verb, "--repo", _git.Path, "--scope", scope, .. service is null ? (string[])[] : ["--service", service], "--reason", reason, "--key", _host.PathOf(who + ".pem"), "--ledger", Ledger, .. more]);

    private Task<CommandResult> StatusAsync(params string[] more) => _host.RunAsync(_time, ["halt", "--repo", _git.Path, "--status", "--ledger", Ledger, .. more]);

    private Task<CommandResult> RunAsync(params string[] more) =>
        _host.RunAsync(_time, ["run", "--repo", _git.Path, "--intent", "Document docs", "--out", _host.PathOf("out" + ++_runs), "--ledger", Ledger, .. more]);

    /// <summary>A run whose agent answers from a recording of this very request.</summary>
    private async Task<CommandResult> ReplayAsync(string intent = "Document docs", string verb = "run")
    {
        _host.Write("replay.json", await RecordAsync(intent));
        return await _host.RunAsync(_time, verb, "--repo", _git.Path, "--intent", intent, "--out", _host.PathOf("out" + ++_runs), "--ledger", Ledger, "--replay", _host.PathOf("replay.json"));
    }

    private async Task<string> RecordAsync(string intent)
    {
        var at = await RepositoryBase.OpenAsync(new Kfm.Agent.Processes.ProcessRunner(new Kfm.Agent.Processes.ProcessTimer(TimeProvider.System)), _git.Path, "HEAD", CancellationToken.None);
        var probe = _host.PathOf("probe" + ++_runs);
        _host.Write("empty.json", """{"formatVersion":1,"recordings":[]}""");
        await _host.RunAsync(_time, "propose", "--repo", _git.Path, "--intent", intent, "--out", probe, "--replay", _host.PathOf("empty.json"), "--ledger", _host.PathOf("none.db"));
        var structured = Kfm.Agent.Intents.IntentFile.Parse(File.ReadAllBytes(Path.Combine(probe, "intent.json")));
        var request = await AgentRequest.CreateAsync(at, structured, File.ReadAllText(Path.Combine(probe, "design.md")), _ => { }, CancellationToken.None);
        var response = new CodegenResponse(SmallRepository.Patch, "replay-1");
        return System.Text.Encoding.UTF8.GetString(ReplayFile.Empty.Record(request, response).ToBytes());
    }

    private async Task ProposalIsRefusedAsync(string why)
    {
        await ReplayAsync(verb: "propose");
        var evidence = File.ReadAllText(Path.Combine(Bundle, "evidence.json"));
        Assert.Contains("\"autonomy.halt\"", evidence, StringComparison.Ordinal);
        Assert.Contains("agents are halted, because the ledger cannot be read", evidence, StringComparison.Ordinal);
        Assert.Contains(why, evidence, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Bundle, "patch.diff")));
    }

    private JsonNode? Check(string name) => Json("context.json")["checks"]![name];

    private string[] Halted() => [.. Json("context.json")["labels"]!["autonomy.halted"]?.AsArray().Select(l => l!.ToString()) ?? []];

    private JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Bundle, file)))!;
}
