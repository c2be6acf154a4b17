namespace Kfm.Agent.Codegen.Chat;

/// <summary>Words for what goes wrong between a chat client and its provider. Nothing that the other side sent is quoted.</summary>
internal static class HttpChatFailure
{
    /// <summary>The exception that a caller sees for one that a client threw.</summary>
    public static CodegenModelException Of(Exception exception)
    {
        Exception? cause = exception;
        while (cause is not null)
        {
            if (Known(cause) is { } known)
            {
                return known;
            }

            cause = cause is AggregateException { InnerExceptions: [var first, ..] } ? first : cause.InnerException;
        }

        return new CodegenModelException("the provider's answer could not be read");
    }

    private static CodegenModelException? Known(Exception exception) => exception switch
    {
        CodegenModelException own => own,
        HttpRequestException { StatusCode: { } status } => new ProviderStatusException((int)status),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse } => new CodegenModelException("the provider's answer broke off"),
        HttpRequestException => new CodegenModelException("the provider could not be reached; check the endpoint and the network"),
        OperationCanceledException or TimeoutException => new CodegenModelException("the provider took too long"),
        IOException => new CodegenModelException("the provider's answer broke off"),
        _ => null,
    };
}
