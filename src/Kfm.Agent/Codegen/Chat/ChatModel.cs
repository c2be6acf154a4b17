using System.Globalization;
using Kfm.Agent.Codegen.Edits;
using Microsoft.Extensions.AI;

namespace Kfm.Agent.Codegen.Chat;

/// <summary>A chat model that answers with edits of the shown files, or with a unified diff.</summary>
/// <remarks>
/// The client decides where the bytes go; this opens no connection. A request is sent again after a status that passes, as long as the
/// provider's Retry-After or the doubling wait stays within the options. How long all of it may take is for the caller to bound.
/// </remarks>
public sealed class ChatModel : ICodegenModel
{
    private readonly IChatClient _client;
    private readonly ChatModelOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a model.</summary>
    /// <param name="client">Asks the provider; it is not disposed.</param>
    /// <param name="options">How the model is asked.</param>
    /// <param name="time">The clock of the waits before a retry.</param>
    public ChatModel(IChatClient client, ChatModelOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Retries is < 0 or > 10)
        {
            throw new ArgumentException("A request is sent again at most ten times.", nameof(options));
        }

        (_client, _options, _time) = (client, options, time);
    }

    /// <summary>Asks the model for a patch.</summary>
    /// <param name="request">The request; edits of the answer stand on its files.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="CodegenModelException">The provider failed or refused, or the answer is not one; nothing of it is quoted.</exception>
    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (var retry = 0; ; retry++)
        {
            try
            {
                var answer = await AskAsync(request, cancellationToken).ConfigureAwait(false);
                return Response(request, answer);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // A client may word a cancellation as it likes.
                cancellationToken.ThrowIfCancellationRequested();
                var failure = HttpChatFailure.Of(e);
                if (Wait(failure, retry) is not { } wait)
                {
                    throw failure;
                }

                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ChatAnswer> AskAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        ChatMessage[] messages = [new(ChatRole.System, AnswerFormat.Instructions), new(ChatRole.User, request.Prompt)];
        var answer = new ChatAnswer(_options.MaxAnswerCharacters);
        if (!_options.Stream)
        {
            var response = await _client.GetResponseAsync(messages, Options(request), cancellationToken).ConfigureAwait(false);
            Array.ForEach(response.ToChatResponseUpdates(), answer.Add);
            return answer;
        }

        await foreach (var update in _client.GetStreamingResponseAsync(messages, Options(request), cancellationToken).ConfigureAwait(false))
        {
            answer.Add(update);
        }

        return answer;
    }

    private ChatOptions Options(CodegenRequest request) => new()
    {
        ModelId = _options.Model,
        MaxOutputTokens = _options.MaxOutputTokens,
        ResponseFormat = AnswerFormat.ResponseFormat(),
        Seed = _options.Steady ? request.Seed : null,
        Temperature = _options.Steady && float.TryParse(request.Parameters.GetValueOrDefault("temperature"), CultureInfo.InvariantCulture, out var temperature) ? temperature : null,
    };

    private CodegenResponse Response(CodegenRequest request, ChatAnswer answer)
    {
        try
        {
            var (patch, confidence) = AnswerFormat.Read(answer.Take(), request.Files);
            return new CodegenResponse(patch, answer.Version ?? _options.Model) { Confidence = confidence, Usage = answer.Usage };
        }
        catch (EditFormatException e)
        {
            throw new CodegenModelException(e.Message);
        }
    }

    private TimeSpan? Wait(CodegenModelException failure, int retry)
    {
        if (failure is not ProviderStatusException { Passes: true } status || retry >= _options.Retries)
        {
            return null;
        }

        var wait = status.RetryAfter ?? (_options.FirstWait * (1 << retry));
        return wait <= _options.LongestWait ? wait : null;
    }
}
