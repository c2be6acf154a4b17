using System.Text;
using Microsoft.Extensions.AI;

namespace Kfm.Agent.Codegen.Chat;

/// <summary>The answer of a chat model, put together from its parts within limits.</summary>
internal sealed class ChatAnswer(int mostCharacters)
{
    private const int LongestVersion = 200;
    private readonly StringBuilder _text = new();
    private int _characters;
    private ChatFinishReason? _finish;
    private string? _version;
    private UsageDetails? _usage;

    /// <summary>The version that the provider says it has.</summary>
    public string? Version => _version;

    /// <summary>The tokens that were used, or null where the provider does not say.</summary>
    public CodegenUsage? Usage => _usage is null ? null : new CodegenUsage(_usage.InputTokenCount ?? 0, _usage.OutputTokenCount ?? 0);

    /// <summary>Adds a part.</summary>
    /// <exception cref="CodegenModelException">The answer is too long, or is not a text.</exception>
    public void Add(ChatResponseUpdate update)
    {
        _finish = update.FinishReason ?? _finish;
        _version = update.ModelId is { Length: > 0 and <= LongestVersion } id && id.All(c => c is > ' ' and < '\u007f') ? id : _version;
        foreach (var content in update.Contents)
        {
            Add(content);
        }
    }

    /// <summary>The text of an answer that came to its end.</summary>
    /// <exception cref="CodegenModelException">It did not.</exception>
    public string Take() => _finish switch
    {
        null => throw new CodegenModelException("the provider's answer broke off"),
        { } f when f == ChatFinishReason.Stop => _text.ToString(),
        { } f when f == ChatFinishReason.Length => throw new CodegenModelException("the answer is longer than the tokens allowed; raise maxTokens or ask for less"),
        { } f when f == ChatFinishReason.ContentFilter => throw new CodegenModelException("the model refused the request"),
        { } f when f == ChatFinishReason.ToolCalls => throw new CodegenModelException("the model called a tool, and none was offered"),
        { Value: "refusal" } => throw new CodegenModelException("the model refused the request"),
        _ => throw new CodegenModelException("the model stopped for another reason than the end of its answer"),
    };

    private void Add(AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                Count(text.Text.Length);
                _text.Append(text.Text);
                break;
            case TextReasoningContent reasoning:
                Count(reasoning.Text.Length);
                break;
            case UsageContent usage:
                (_usage ??= new UsageDetails()).Add(usage.Details);
                break;
            case ErrorContent:
                throw new CodegenModelException("the model refused the request");
            default:
                // What is neither text nor usage, such as a signature, adds nothing to the patch.
                Count(1);
                break;
        }
    }

    private void Count(int characters)
    {
        _characters += characters;
        if (_characters > mostCharacters)
        {
            throw new CodegenModelException($"the answer has more than {mostCharacters} characters");
        }
    }
}
