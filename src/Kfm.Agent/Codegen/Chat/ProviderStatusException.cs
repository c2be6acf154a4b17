namespace Kfm.Agent.Codegen.Chat;

/// <summary>A provider answered a request with an HTTP status other than success. What else it sent is not kept.</summary>
public sealed class ProviderStatusException : CodegenModelException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="status">The HTTP status (RFC 9110, section 15).</param>
    /// <param name="retryAfter">How long the provider asks to wait (RFC 9110, section 10.2.3), or null.</param>
    public ProviderStatusException(int status, TimeSpan? retryAfter = null)
        : base(Text(status)) => (Status, RetryAfter) = (status, retryAfter);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>How long the provider asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Passes => Status is 408 or 429 or >= 500;

    private static string Text(int status) => status switch
    {
        401 or 403 => $"the provider answered status {status}; check the key and what it may use",
        404 => "the provider answered status 404; check the name of the model and the endpoint",
        413 => "the provider answered status 413; the prompt is too long for it",
        429 => "the provider answered status 429: too many requests",
        529 => "the provider answered status 529: overloaded",
        _ => $"the provider answered status {status}",
    };
}
