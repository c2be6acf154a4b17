using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests.Models;

/// <summary>Whole runs whose proposals come from chat models on the loopback.</summary>
public sealed class ChatRunTests : IDisposable
{
    private const string Key = "key-canary-5d1c";
    private const string Canary = "body-canary-9b2e";
    private const string Intent = "Document the third line in the docs.";
    private readonly KfmHost _host = new();

    public ChatRunTests()
    {
        _host.Variables["ANTHROPIC_API_KEY"] = Key;
        _host.Variables["OPENAI_API_KEY"] = Key;
    }

    [Fact]
    public async Task Recorded_run_is_replayed_without_a_network_to_the_same_patch_and_log()
    {
        using var repository = Repository();
        CommandResult live;
        using (var server = new LoopbackProvider(ProviderWire.Answer("anthropic", stream: true, Edits(0.9))))
        {
            live = await RunAsync(repository, "live", "claude", [("claude", server.Address)], "--record", _host.PathOf("answers.json"));
            Assert.Contains(@"one\ntwo\n", server.Requests.Single().Body, StringComparison.Ordinal);
        }

        var replayed = await _host.RunAsync("run", "--repo", repository.Path, "--replay", _host.PathOf("answers.json"), "--intent", Intent, "--out", _host.PathOf("replayed"));

        Assert.True(live.ExitCode == 0 && replayed.ExitCode == 0, live.Output + live.Error + replayed.Output + replayed.Error);
        Assert.Equal(File.ReadAllBytes(InBundle("live", BundleFiles.Patch)), File.ReadAllBytes(InBundle("replayed", BundleFiles.Patch)));
        Assert.Equal(Log("live").ToJsonString(), Log("replayed").ToJsonString());
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("live"))).ExitCode);
        var context = Context("live");
        Assert.Equal("passed", (string?)context["checks"]!["egress.allowed"]!["status"]);
        Assert.Equal(["internal", "anthropic", "us"], new[] { "egress.classification", "egress.provider", "egress.region" }.Select(l => (string?)context["labels"]![l]![0]));
        Assert.Equal((0.9, 120, 7), ((double)context["measures"]!["agent.confidence"]!["value"]!, (int)context["measures"]!["agent.tokens.input"]!["value"]!, (int)context["measures"]!["agent.tokens.output"]!["value"]!));
        Assert.Contains(context["actors"]!.AsArray(), a => (string?)a!["id"] == "ai:claude");
        Assert.Null(Context("replayed")["checks"]!["egress.allowed"]);
        AssertClean();
    }

    [Fact]
    public async Task Recorded_answer_is_not_asked_for_again()
    {
        using var repository = Repository();
        using var server = new LoopbackProvider(ProviderWire.Answer("openai", stream: true, Edits(0.9)));
        string[] record = ["--record", _host.PathOf("answers.json")];

        var first = await RunAsync(repository, "first", "gpt", [("gpt", server.Address + "/v1")], record);
        var second = await RunAsync(repository, "second", "gpt", [("gpt", server.Address + "/v1")], record);

        Assert.True((first.ExitCode, second.ExitCode, server.Connections) == (0, 0, 1), first.Output + second.Output + second.Error);
    }

    [Fact]
    public async Task Model_that_fails_gives_way_and_the_record_says_why()
    {
        using var repository = Repository();
        using var broken = new LoopbackProvider(ProviderWire.Error(500, Canary));
        using var unsure = new LoopbackProvider(ProviderWire.Answer("openai", stream: true, Edits(0.4)));
        using var house = new LoopbackProvider(ProviderWire.Answer("openai", stream: true, Edits(0.8)));

        var result = await RunAsync(repository, "out", "claude,gpt,house", [("claude", broken.Address), ("gpt", unsure.Address), ("house", house.Address)]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Equal("house", (string?)Log("out")["answeredBy"]);
        Assert.Equal(["error", "low_confidence", "answered"], Log("out")["attempts"]!.AsArray().Select(a => (string?)a!["outcome"]));
        Assert.Equal(["claude error", "gpt low_confidence"], Context("out")["labels"]!["agent.fallback"]!.AsArray().Select(l => (string?)l));
        Assert.DoesNotContain("Authorization: Bearer " + Key, house.Requests.Single().Head, StringComparison.Ordinal);
        AssertClean();
    }

    [Fact]
    public async Task Proposal_that_its_model_is_unsure_of_is_denied()
    {
        using var repository = Repository();
        using var server = new LoopbackProvider(ProviderWire.Answer("openai", stream: true, Edits(0.5)));

        var result = await RunAsync(repository, "out", "gpt", [("gpt", server.Address + "/v1")]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("agent.confidence 0.5 below 0.7", File.ReadAllText(InBundle("out", BundleFiles.Decision)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public")]
    [InlineData("confidential")]
    [InlineData("restricted")]
    public async Task Class_that_may_not_leave_opens_no_connection(string value)
    {
        using var repository = Repository(s => s["egress"]!["default"] = value);
        using var server = new LoopbackProvider(ProviderWire.Answer("openai", stream: true, Edits(0.9)));

        var result = await RunAsync(repository, "out", "gpt", [("gpt", server.Address + "/v1")]);

        Assert.Equal((2, 0), (result.ExitCode, server.Connections));
        Assert.Equal("failed", (string?)Context("out")["checks"]!["egress.allowed"]!["status"]);
        Assert.Equal(value, (string?)Context("out")["labels"]!["egress.classification"]![0]);
        Assert.Null(Context("out")["labels"]!["egress.provider"]);
        Assert.Contains("egress.allow." + value, File.ReadAllText(InBundle("out", BundleFiles.Decision)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_forbids_models_stays_out_of_the_prompt()
    {
        using var repository = Repository(more: git => git.Write("docs/b.md", "---\nai_focusmode_usage: Prohibited\n---\n" + Canary + "\n"));
        using var server = new LoopbackProvider(ProviderWire.Answer("openai", stream: true, Edits(0.9)));

        var result = await RunAsync(repository, "out", "gpt", [("gpt", server.Address + "/v1")]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.DoesNotContain(Canary, server.Requests.Single().Body, StringComparison.Ordinal);
        Assert.Contains("docs/b.md", (string?)Context("out")["labels"]!["prompt.withheld"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_without_a_key_is_not_reached()
    {
        using var repository = Repository();
        using var server = new LoopbackProvider(ProviderWire.Answer("openai", stream: true, Edits(0.9)));
        _host.Variables.Clear();

        var result = await RunAsync(repository, "out", "gpt", [("gpt", server.Address + "/v1")]);

        Assert.Equal((2, 0), (result.ExitCode, server.Connections));
        Assert.Contains("set OPENAI_API_KEY", File.ReadAllText(InBundle("out", BundleFiles.Decision)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kfm.json of the base has no model", "--model", "other")]
    [InlineData("names a model twice", "--model", "gpt,gpt")]
    [InlineData("https or on the loopback", "--model", "gpt", "--model-endpoint", "gpt=http://example.org/")]
    [InlineData("https or on the loopback", "--model", "gpt", "--model-endpoint", "gpt=https://user:word@example.org/")]
    [InlineData("names a model that --model does not", "--model", "gpt", "--model-endpoint", "claude=https://example.org/")]
    [InlineData("has no endpoint", "--model", "house")]
    public async Task Choice_that_cannot_be_is_denied_with_its_reason(string words, params string[] options)
    {
        using var repository = Repository();

        var result = await _host.RunAsync(["run", "--repo", repository.Path, "--intent", Intent, "--out", _host.PathOf("out"), .. options]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(words, result.Error + File.ReadAllText(InBundle("out", BundleFiles.Decision)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_without_a_model_is_an_error()
    {
        var result = await _host.RunAsync("run", "--repo", ".", "--replay", "x", "--record", "y", "--intent", "x", "--out", _host.PathOf("out"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--model-endpoint and --record go with --model", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();

    private static string Edits(double confidence) => new JsonObject
    {
        ["confidence"] = confidence,
        ["edits"] = new JsonArray(new JsonObject { ["path"] = "docs/a.md", ["action"] = "replace", ["search"] = "two\n", ["replace"] = "two\nthree\n" }),
    }.ToJsonString();

    private static SmallRepository Repository(Action<JsonObject>? change = null, Action<SmallRepository>? more = null) => new(settings =>
    {
        settings["components"] = new JsonObject { ["docs"] = new JsonArray("docs/**") };
        settings["models"] = new JsonArray(
            Model("claude", "anthropic"),
            Model("gpt", "openai"),
            Model("house", "house", "openai"));
        settings["egress"] = new JsonObject
        {
            ["allow"] = new JsonObject { ["internal"] = new JsonArray(Line("anthropic"), Line("openai"), Line("house")) },
        };
        change?.Invoke(settings);
    }, more);

    private static JsonObject Model(string name, string provider, string? protocol = null) => new()
    {
        ["name"] = name,
        ["provider"] = provider,
        ["protocol"] = protocol ?? provider,
        ["model"] = "model",
        ["region"] = "us",
        ["retries"] = 0,
    };

    private static JsonObject Line(string provider) => new() { ["provider"] = provider, ["regions"] = new JsonArray("us") };

    private Task<CommandResult> RunAsync(SmallRepository repository, string name, string models, (string Name, string Address)[] endpoints, params string[] more) => _host.RunAsync(
        ["run", "--repo", repository.Path, "--intent", Intent, "--out", _host.PathOf(name), "--model", models, .. endpoints.SelectMany(e => new[] { "--model-endpoint", $"{e.Name}={e.Address}" }), .. more]);

    private string InBundle(string bundle, string file) => Path.Combine(_host.PathOf(bundle), file);

    private JsonNode Log(string bundle)
    {
        var log = JsonNode.Parse(File.ReadAllText(InBundle(bundle, BundleFiles.AgentLog)))!;
        log.AsObject().Remove("source");
        return log;
    }

    private JsonNode Context(string bundle) => JsonNode.Parse(File.ReadAllText(InBundle(bundle, "context.json")))!;

    private void AssertClean()
    {
        foreach (var file in Directory.EnumerateFiles(_host.Folder, "*", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
            Assert.DoesNotContain("You change a repository", text, StringComparison.Ordinal);
        }
    }
}
