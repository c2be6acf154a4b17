using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Chain;
using Kfm.Agent.Codegen.Chat;
using Kfm.Agent.Codegen.Egress;
using Kfm.Agent.Configuration;
using Kfm.Pipeline.Models;

namespace Kfm.Pipeline.Tests.Models;

/// <summary>The packages of the providers against servers on the loopback that speak their protocols.</summary>
public sealed class HttpProviderModelTests
{
    private const string Key = "key-canary-5d1c";
    private const string Canary = "body-canary-9b2e";
    private const string Edits = """{"confidence":0.9,"edits":[{"path":"f","action":"replace","search":"x\n","replace":"y \u00e9\n"}]}""";
    private const string Patch = "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y \u00e9\n";

    private static readonly CodegenRequest Request = new("Change f", "m", 1337)
    {
        Parameters = new Dictionary<string, string> { ["temperature"] = "0" },
        Files = [new PromptFile("f", "x\n")],
        PromptClass = new PromptClass(DataClass.Internal, Training: true),
    };

    public static TheoryData<string, bool> Protocols => new() { { "anthropic", true }, { "anthropic", false }, { "openai", true }, { "openai", false } };

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Answer_becomes_a_patch(string protocol, bool stream)
    {
        using var server = new LoopbackProvider(ProviderWire.Answer(protocol, stream, Edits));

        var response = await Model(server, protocol, stream).CompleteAsync(Request, default);

        Assert.Equal((Patch, ProviderWire.Version, 0.9, new CodegenUsage(120, 7)), (response.Patch, response.ModelVersion, response.Confidence, response.Usage));
        var (head, body) = Assert.Single(server.Requests);
        Assert.StartsWith(protocol == "anthropic" ? "POST /v1/messages " : "POST /v1/chat/completions ", head, StringComparison.Ordinal);
        Assert.Contains(Key, head, StringComparison.Ordinal);
        Assert.Contains("json_schema", body, StringComparison.Ordinal);
        Assert.Contains("Change f", body, StringComparison.Ordinal);
        Assert.Equal(stream, body.Contains("\"stream\":true", StringComparison.Ordinal));
        Assert.Equal(protocol == "openai", body.Contains("\"seed\":1337", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Too_many_requests_are_tried_again_when_the_provider_says(string protocol, bool stream)
    {
        using var server = new LoopbackProvider(ProviderWire.Error(429, Canary) with { RetryAfter = "0" }, ProviderWire.Answer(protocol, stream, Edits));

        Assert.Equal(Patch, (await Model(server, protocol, stream).CompleteAsync(Request, default)).Patch);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Wait_that_is_too_long_is_not_waited_for(string protocol, bool stream)
    {
        using var server = new LoopbackProvider(ProviderWire.Error(429, Canary) with { RetryAfter = "3600" });

        Assert.Equal(TimeSpan.FromHours(1), (await Assert.ThrowsAsync<ProviderStatusException>(() => Model(server, protocol, stream).CompleteAsync(Request, default))).RetryAfter);
        Assert.Equal(1, server.Connections);
    }

    public static TheoryData<string, bool, int> Statuses
    {
        get
        {
            var data = new TheoryData<string, bool, int>();
            foreach (var status in new[] { 302, 400, 401, 404, 500, 529 })
            {
                data.Add("anthropic", true, status);
                data.Add("anthropic", false, status);
                data.Add("openai", true, status);
                data.Add("openai", false, status);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Status_is_told_and_nothing_of_the_body(string protocol, bool stream, int status)
    {
        using var elsewhere = new LoopbackProvider(ProviderWire.Answer(protocol, stream, Edits));
        using var server = new LoopbackProvider(ProviderWire.Error(status, Canary) with { Location = status == 302 ? elsewhere.Address + "/" : null });

        var failure = await Assert.ThrowsAsync<ProviderStatusException>(() => Model(server, protocol, stream, retries: 0).CompleteAsync(Request, default));

        Assert.Equal((status, 1, 0), (failure.Status, server.Connections, elsewhere.Connections));
        AssertClean(failure);
    }

    public static TheoryData<string, bool, string, string> Broken
    {
        get
        {
            var data = new TheoryData<string, bool, string, string>();
            foreach (var (protocol, stream) in new[] { ("anthropic", true), ("anthropic", false), ("openai", true), ("openai", false) })
            {
                data.Add(protocol, stream, "malformed", "");
                data.Add(protocol, stream, "empty", "");
                data.Add(protocol, stream, "breaks off", "broke off");
                data.Add(protocol, stream, "no edits", "neither a JSON object");
                data.Add(protocol, stream, "length", "tokens");
                data.Add(protocol, stream, "refusal", "refused");
                data.Add(protocol, stream, "huge", "more than");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Answer_that_is_none_is_an_error_without_a_quote(string protocol, bool stream, string what, string words)
    {
        var answer = ProviderWire.Answer(protocol, stream, Edits);
        var reply = what switch
        {
            "malformed" => stream ? answer with { Parts = [$"data: {{\"{Canary}\n\n"] } : answer with { Parts = [$"{{\"{Canary}"] },
            "empty" => answer with { Parts = [] },
            "breaks off" => stream ? answer with { Parts = [.. answer.Parts.Take(3)], BreaksOff = true } : answer with { Parts = [answer.Parts[0][..40]], BreaksOff = true },
            "no edits" => ProviderWire.Answer(protocol, stream, Canary),
            "huge" => ProviderWire.Answer(protocol, stream, new string('x', 5 << 20)),
            _ => ProviderWire.Answer(protocol, stream, Edits + Canary, what),
        };
        using var server = new LoopbackProvider(reply);

        var failure = await Assert.ThrowsAnyAsync<CodegenModelException>(() => Model(server, protocol, stream).CompleteAsync(Request, default));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        AssertClean(failure);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task Stream_that_ends_early_without_an_error_broke_off(string protocol)
    {
        var answer = ProviderWire.Answer(protocol, stream: true, Edits);
        using var server = new LoopbackProvider(answer with { Parts = [.. answer.Parts.Take(protocol == "anthropic" ? 5 : 3)] });

        Assert.Contains("broke off", (await Assert.ThrowsAnyAsync<CodegenModelException>(() => Model(server, protocol, stream: true).CompleteAsync(Request, default))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Provider_that_hangs_gives_way_to_the_next_model(string protocol, bool stream)
    {
        using var slow = new LoopbackProvider(ProviderWire.Answer(protocol, stream, Edits) is var a && stream ? a with { Parts = [.. a.Parts.Take(2)], Hangs = true } : a with { Parts = [], Hangs = true });
        using var quick = new LoopbackProvider(ProviderWire.Answer(protocol, stream, Edits));
        var chain = new ModelChain(
            [new ChainLink("slow", Model(slow, protocol, stream), TimeSpan.FromSeconds(0.5)), new ChainLink("quick", Model(quick, protocol, stream), TimeSpan.FromMinutes(5))],
            TimeProvider.System);

        var response = await chain.CompleteAsync(Request, default);

        Assert.Equal([CodegenAttemptOutcome.Timeout, CodegenAttemptOutcome.Answered], response.Attempts.Select(t => t.Outcome));
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("openai")]
    public async Task Provider_that_is_not_there_is_an_error(string protocol)
    {
        string address;
        using (var server = new LoopbackProvider())
        {
            address = server.Address;
        }

        var model = new HttpProviderModel(Setting(protocol, stream: true, 0), Endpoint(address, protocol), Key, TimeProvider.System);

        Assert.Contains("reached", (await Assert.ThrowsAnyAsync<CodegenModelException>(() => model.CompleteAsync(Request, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_prompt_opens_no_connection()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 200; i++)
        {
            using var server = new LoopbackProvider(ProviderWire.Answer("openai", stream: false, Edits));
            var setting = Setting("openai", stream: false, 0);
            var lines = Enumerable.Range(0, random.Next(3)).Select(_ => new EgressAllowance((DataClass)random.Next(4), random.Next(2) == 0 ? "openai" : "anthropic", [random.Next(2) == 0 ? "us" : "tt"], random.Next(2) == 0)).ToArray();
            var prompt = new PromptClass((DataClass)random.Next(4), random.Next(2) == 0);
            var guard = new EgressGuard(new EgressSettings { Allowed = lines }, setting, () => new HttpProviderModel(setting, Endpoint(server.Address, "openai"), Key, TimeProvider.System));

            var refused = await Record.ExceptionAsync(() => guard.CompleteAsync(Request with { PromptClass = prompt }, default));

            var allowed = lines.Any(l => l.Class == prompt.Class && l.Provider == "openai" && l.Regions.Contains("us") && (prompt.Training || !l.Training));
            Assert.Equal((allowed, allowed ? 1 : 0), (refused is null, server.Connections));
        }
    }

    private static HttpProviderModel Model(LoopbackProvider server, string protocol, bool stream, int retries = 2) =>
        new(Setting(protocol, stream, retries), Endpoint(server.Address, protocol), Key, TimeProvider.System);

    private static Uri Endpoint(string address, string protocol) => new(protocol == "openai" ? address + "/v1" : address);

    private static ModelSetting Setting(string protocol, bool stream, int retries) =>
        new() { Name = "m", Provider = protocol, Protocol = protocol, Model = "model", Region = "us", Stream = stream, Retries = retries };

    private static void AssertClean(Exception failure)
    {
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Change f", failure.ToString(), StringComparison.Ordinal);
    }
}
