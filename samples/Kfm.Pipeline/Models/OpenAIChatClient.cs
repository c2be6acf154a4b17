using System.ClientModel;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;

namespace Kfm.Pipeline.Models;

/// <summary>Chat Completions of the package OpenAI behind the contract of Microsoft.Extensions.AI: texts in, text out, no tools.</summary>
internal sealed class OpenAIChatClient(ChatClient client) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatCompletion completion = await client.CompleteChatAsync(messages.Select(Message), Options(options), cancellationToken);
        List<AIContent> contents = [.. completion.Content.Where(p => p.Kind == ChatMessageContentPartKind.Text).Select(p => new TextContent(p.Text))];
        if (!string.IsNullOrEmpty(completion.Refusal))
        {
            contents.Add(new ErrorContent("refusal"));
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = completion.Model,
            FinishReason = Finish(completion.FinishReason),
            Usage = Usage(completion.Usage),
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AsyncCollectionResult<StreamingChatCompletionUpdate> updates = client.CompleteChatStreamingAsync(messages.Select(Message), Options(options), cancellationToken);
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            List<AIContent> contents = [.. update.ContentUpdate.Where(p => p.Kind == ChatMessageContentPartKind.Text).Select(p => new TextContent(p.Text))];
            if (!string.IsNullOrEmpty(update.RefusalUpdate))
            {
                contents.Add(new ErrorContent("refusal"));
            }

            if (Usage(update.Usage) is { } usage)
            {
                contents.Add(new UsageContent(usage));
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, contents)
            {
                ModelId = update.Model,
                FinishReason = update.FinishReason is { } finish ? Finish(finish) : null,
            };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static OpenAI.Chat.ChatMessage Message(ChatMessage message) =>
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text) : new UserChatMessage(message.Text);

    private static ChatCompletionOptions Options(ChatOptions? options)
    {
        var completion = new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature };
#pragma warning disable OPENAI001 // The seed is marked as experimental, because the provider promises no more than an attempt.
        completion.Seed = options?.Seed;
#pragma warning restore OPENAI001
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format)
        {
            completion.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(
                format.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), format.SchemaDescription, jsonSchemaIsStrict: true);
        }

        return completion;
    }

    private static Microsoft.Extensions.AI.ChatFinishReason Finish(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Stop => Microsoft.Extensions.AI.ChatFinishReason.Stop,
        OpenAI.Chat.ChatFinishReason.Length => Microsoft.Extensions.AI.ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => Microsoft.Extensions.AI.ChatFinishReason.ContentFilter,
        _ => Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
    };

    private static UsageDetails? Usage(ChatTokenUsage? usage) => usage is null
        ? null
        : new UsageDetails { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount };
}
