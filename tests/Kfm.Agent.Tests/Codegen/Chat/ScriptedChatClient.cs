using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Kfm.Agent.Tests.Codegen.Chat;

/// <summary>A chat client that answers from a script: each call takes the next step.</summary>
internal sealed class ScriptedChatClient(params Func<CancellationToken, IEnumerable<ChatResponseUpdate>>[] steps) : IChatClient
{
    public int Calls { get; private set; }

    public List<ChatMessage> Messages { get; } = [];

    public ChatOptions? Options { get; private set; }

    /// <summary>An answer in two parts with usage and a finish reason.</summary>
    public static IEnumerable<ChatResponseUpdate> Answer(string text, ChatFinishReason? finish = null) =>
    [
        new(ChatRole.Assistant, text[..(text.Length / 2)]) { ModelId = "model-2026-01-01" },
        new(ChatRole.Assistant, text[(text.Length / 2)..]) { ModelId = "model-2026-01-01" },
        new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 100, OutputTokenCount = 7 })]) { FinishReason = finish ?? ChatFinishReason.Stop },
    ];

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Messages.AddRange(messages);
        Options = options;
        foreach (var update in steps[Calls++](cancellationToken))
        {
            await Task.Yield();
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
