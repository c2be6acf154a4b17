using System.Text.Json.Nodes;

namespace Kfm.Pipeline.Tests.Models;

/// <summary>The bodies that the providers' protocols have: Anthropic's Messages and OpenAI's Chat Completions, whole and as events.</summary>
internal static class ProviderWire
{
    public const string Version = "model-2026-10-01";

    /// <summary>An answer with a text.</summary>
    /// <param name="protocol">anthropic or openai.</param>
    /// <param name="stream">Whether it comes in events.</param>
    /// <param name="text">The text.</param>
    /// <param name="finish">stop, length or refusal.</param>
    public static LoopbackReply Answer(string protocol, bool stream, string text, string finish = "stop") => (protocol, stream) switch
    {
        ("anthropic", false) => new LoopbackReply(200, Message(text, AnthropicFinish(finish)).ToJsonString()),
        ("anthropic", true) => new LoopbackReply(200, [.. MessageEvents(text, AnthropicFinish(finish))]) { IsStream = true },
        (_, false) => new LoopbackReply(200, Completion(text, finish).ToJsonString()),
        _ => new LoopbackReply(200, [.. CompletionChunks(text, finish)]) { IsStream = true },
    };

    /// <summary>An error as the protocol words it, with a text that must not come out.</summary>
    public static LoopbackReply Error(int status, string canary) => new(status, new JsonObject
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = "api_error", ["code"] = "x", ["param"] = null, ["message"] = canary },
    }.ToJsonString());

    private static string AnthropicFinish(string finish) => finish switch { "stop" => "end_turn", "length" => "max_tokens", _ => "refusal" };

    private static JsonObject Message(string? text, string? finish) => new()
    {
        ["id"] = "msg_1",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = Version,
        ["content"] = text is null ? [] : new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
        ["stop_reason"] = finish,
        ["stop_sequence"] = null,
        ["usage"] = new JsonObject { ["input_tokens"] = 120, ["output_tokens"] = 7 },
    };

    private static IEnumerable<string> MessageEvents(string text, string finish)
    {
        yield return Event(new JsonObject { ["type"] = "message_start", ["message"] = Message(null, null) });
        yield return Event(new JsonObject { ["type"] = "content_block_start", ["index"] = 0, ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" } });
        foreach (var part in Parts(text))
        {
            yield return Event(new JsonObject { ["type"] = "content_block_delta", ["index"] = 0, ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = part } });
        }

        yield return Event(new JsonObject { ["type"] = "content_block_stop", ["index"] = 0 });
        yield return Event(new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = finish, ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = 7 },
        });
        yield return Event(new JsonObject { ["type"] = "message_stop" });
    }

    private static string Event(JsonObject data) => $"event: {data["type"]}\ndata: {data.ToJsonString()}\n\n";

    private static JsonObject Completion(string text, string finish) => new()
    {
        ["id"] = "c1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = Version,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = finish == "refusal" ? null : text, ["refusal"] = finish == "refusal" ? text : null },
            ["logprobs"] = null,
            ["finish_reason"] = finish == "length" ? "length" : "stop",
        }),
        ["usage"] = CompletionUsage(),
    };

    private static IEnumerable<string> CompletionChunks(string text, string finish)
    {
        foreach (var part in Parts(text))
        {
            yield return Chunk(new JsonObject { ["role"] = "assistant", [finish == "refusal" ? "refusal" : "content"] = part }, null);
        }

        yield return Chunk([], finish == "length" ? "length" : "stop");
        var last = Head();
        last["choices"] = new JsonArray();
        last["usage"] = CompletionUsage();
        yield return $"data: {last.ToJsonString()}\n\n";
        yield return "data: [DONE]\n\n";
    }

    private static string Chunk(JsonObject delta, string? finish)
    {
        var chunk = Head();
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish });
        return $"data: {chunk.ToJsonString()}\n\n";
    }

    private static JsonObject Head() => new() { ["id"] = "c1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = Version };

    private static JsonObject CompletionUsage() => new() { ["prompt_tokens"] = 120, ["completion_tokens"] = 7, ["total_tokens"] = 127 };

    private static string[] Parts(string text) => [.. text.Chunk(Math.Max(1, text.Length / 3)).Select(c => new string(c))];
}
