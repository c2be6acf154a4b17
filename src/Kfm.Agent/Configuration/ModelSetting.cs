namespace Kfm.Agent.Configuration;

/// <summary>A chat model that a run may ask, by the name under which the caller picks it.</summary>
/// <remarks>
/// Where its provider is reached and with which key, only the caller says: who names the endpoint gets the key. The region is what the
/// house states about that endpoint; nothing measures it.
/// </remarks>
public sealed record ModelSetting
{
    /// <summary>The name, for example <c>claude</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Who runs the model, for example <c>anthropic</c>, <c>openai</c>, <c>house</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The wire protocol: <c>anthropic</c> (Messages) or <c>openai</c> (Chat Completions).</summary>
    public required string Protocol { get; init; }

    /// <summary>The id by which the provider knows the model.</summary>
    public required string Model { get; init; }

    /// <summary>Where the provider works on prompts, for example <c>us</c> or <c>tt</c>.</summary>
    public required string Region { get; init; }

    /// <summary>How long an answer may take, retries included, in seconds, 1 to 3600.</summary>
    /// <value>300 by default.</value>
    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>How many tokens an answer may have, 1 to 1,000,000.</summary>
    /// <value>16,384 by default.</value>
    public int MaxTokens { get; init; } = 16_384;

    /// <summary>How often a request is sent again after a status that passes, 0 to 10.</summary>
    /// <value>2 by default.</value>
    public int Retries { get; init; } = 2;

    /// <summary>Whether answers are read while they are made.</summary>
    /// <value>true by default.</value>
    public bool Stream { get; init; } = true;

    /// <summary>Whether temperature and seed are sent; some models refuse both.</summary>
    /// <value>true by default.</value>
    public bool Steady { get; init; } = true;

    /// <summary>The variable of the host's environment that holds the provider's key, for example <c>ANTHROPIC_API_KEY</c>.</summary>
    public string KeyVariable => string.Concat(Provider.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_')) + "_API_KEY";

    /// <summary>Whether the provider answers nobody without a key.</summary>
    public bool NeedsKey => Provider is "anthropic" or "openai";
}
