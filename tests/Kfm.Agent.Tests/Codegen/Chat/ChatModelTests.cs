using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Chat;
using Microsoft.Extensions.AI;

namespace Kfm.Agent.Tests.Codegen.Chat;

public sealed class ChatModelTests
{
    private const string Canary = "canary-7f3a";
    private const string Edits = """{"confidence":0.9,"edits":[{"path":"f","action":"replace","search":"x\n","replace":"y\n"}]}""";
    private const string Patch = "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n";
    private static readonly CodegenRequest Request = new("Change f", "chain", 1337)
    {
        Parameters = new Dictionary<string, string> { ["temperature"] = "0" },
        Files = [new PromptFile("f", "x\n")],
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Edits_become_a_patch_with_version_usage_and_confidence(bool stream)
    {
        using var client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(Edits));

        var response = await Model(client, new ChatModelOptions { Model = "m", Stream = stream }).CompleteAsync(Request, default);

        Assert.Equal((Patch, "model-2026-01-01", 0.9, new CodegenUsage(100, 7)), (response.Patch, response.ModelVersion, response.Confidence, response.Usage));
        Assert.Equal([ChatRole.System, ChatRole.User], client.Messages.Select(m => m.Role));
        Assert.Equal("Change f", client.Messages[1].Text);
        Assert.Equal((0f, 1337L, "m", 16_384), (client.Options!.Temperature, client.Options.Seed, client.Options.ModelId, client.Options.MaxOutputTokens));
        Assert.IsType<ChatResponseFormatJson>(client.Options.ResponseFormat);
    }

    [Fact]
    public async Task Model_that_refuses_temperature_and_seed_gets_neither()
    {
        using var client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(Edits));

        await Model(client, new ChatModelOptions { Model = "m", Steady = false }).CompleteAsync(Request, default);

        Assert.Equal((null, null), (client.Options!.Temperature, client.Options.Seed));
    }

    [Theory]
    [InlineData(Patch)]
    [InlineData("```diff\n" + Patch + "```\n")]
    public async Task Plain_diff_is_taken_as_it_is_without_a_confidence(string text)
    {
        using var client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(text));

        var response = await Model(client).CompleteAsync(Request, default);

        Assert.Equal((Patch, null), (response.Patch, response.Confidence));
    }

    [Fact]
    public async Task Edits_in_a_fence_are_taken() =>
        Assert.Equal(Patch, (await Model(new ScriptedChatClient(_ => ScriptedChatClient.Answer("```json\n" + Edits + "\n```"))).CompleteAsync(Request, default)).Patch);

    public static TheoryData<string, string, string> Refused => new()
    {
        { Canary, "stop", "neither a JSON object" },
        { "{\"" + Canary + "\":1}", "stop", "exactly the members" },
        { """{"confidence":1,"edits":[{"path":"canary-7f3a","action":"delete","search":"","replace":""}]}""", "stop", "/edits/0/path" },
        { Edits, "length", "longer than the tokens" },
        { Edits, "content_filter", "refused" },
        { Edits, "refusal", "refused" },
        { Edits, "tool_calls", "tool" },
        { Edits, Canary, "another reason" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Answer_that_is_none_is_an_error_without_a_quote(string text, string finish, string reason)
    {
        using var client = new ScriptedChatClient(_ => ScriptedChatClient.Answer(text, new ChatFinishReason(finish)));

        var refusal = await Assert.ThrowsAsync<CodegenModelException>(() => Model(client).CompleteAsync(Request, default));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, client.Calls);
    }

    [Fact]
    public async Task Answer_without_its_end_broke_off()
    {
        using var client = new ScriptedChatClient(_ => [new ChatResponseUpdate(ChatRole.Assistant, Edits)]);

        Assert.Contains("broke off", (await Assert.ThrowsAsync<CodegenModelException>(() => Model(client).CompleteAsync(Request, default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_beyond_the_limit_is_read_no_further()
    {
        var read = 0;
        using var client = new ScriptedChatClient(_ => Enumerable.Range(0, 1000).Select(_ =>
        {
            read++;
            return new ChatResponseUpdate(ChatRole.Assistant, new string('x', 100));
        }));

        var refusal = await Assert.ThrowsAsync<CodegenModelException>(() => Model(client, new ChatModelOptions { Model = "m", MaxAnswerCharacters = 1000 }).CompleteAsync(Request, default));

        Assert.Equal((11, "the answer has more than 1000 characters"), (read, refusal.Message));
    }

    public static TheoryData<Exception, string> Thrown => new()
    {
        { new HttpRequestException(HttpRequestError.ConnectionError, Canary), "reached" },
        { new HttpRequestException(Canary, null, System.Net.HttpStatusCode.Unauthorized), "status 401" },
        { new IOException(Canary), "broke off" },
        { new InvalidOperationException(Canary, new HttpIOException(HttpRequestError.ResponseEnded, Canary)), "broke off" },
        { new AggregateException(new InvalidOperationException(Canary, new ProviderStatusException(403))), "status 403" },
        { new System.Text.Json.JsonException(Canary), "could not be read" },
        { new NotSupportedException(Canary), "could not be read" },
        { new TaskCanceledException(Canary), "too long" },
    };

    [Theory]
    [MemberData(nameof(Thrown))]
    public async Task Exception_of_a_client_becomes_words_of_our_own(Exception thrown, string words)
    {
        using var client = new ScriptedChatClient(_ => throw thrown);

        var failure = await Assert.ThrowsAnyAsync<CodegenModelException>(() => Model(client).CompleteAsync(Request, default));

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_that_passes_is_tried_again_after_the_wait_that_the_provider_asks_for()
    {
        var time = new InstantTimeProvider();
        using var client = new ScriptedChatClient(
            _ => throw new ProviderStatusException(429, TimeSpan.FromSeconds(7)),
            _ => throw new ProviderStatusException(529),
            _ => ScriptedChatClient.Answer(Edits));

        Assert.Equal(Patch, (await new ChatModel(client, new ChatModelOptions { Model = "m" }, time).CompleteAsync(Request, default)).Patch);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2)], time.Waits);
    }

    [Theory]
    [InlineData(429, 31, 1)]
    [InlineData(500, null, 3)]
    [InlineData(400, null, 1)]
    [InlineData(401, 1, 1)]
    public async Task Retries_are_bounded(int status, int? retryAfter, int calls)
    {
        Func<CancellationToken, IEnumerable<ChatResponseUpdate>> fail = _ => throw new ProviderStatusException(status, retryAfter is { } s ? TimeSpan.FromSeconds(s) : null);
        using var client = new ScriptedChatClient(fail, fail, fail, fail);

        var failure = await Assert.ThrowsAsync<ProviderStatusException>(() => new ChatModel(client, new ChatModelOptions { Model = "m" }, new InstantTimeProvider()).CompleteAsync(Request, default));

        Assert.Equal((status, calls), (failure.Status, client.Calls));
    }

    [Fact]
    public async Task Cancellation_stays_a_cancellation_however_the_client_words_it()
    {
        using var source = new CancellationTokenSource();
        using var client = new ScriptedChatClient(_ =>
        {
            source.Cancel();
            throw new InvalidOperationException("the SDK's own words");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Model(client).CompleteAsync(Request, source.Token));
    }

    private static ChatModel Model(IChatClient client, ChatModelOptions? options = null) => new(client, options ?? new ChatModelOptions { Model = "m" }, TimeProvider.System);
}
