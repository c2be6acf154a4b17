namespace Kfm.Agent.Codegen.Chat;

/// <summary>How a chat model is asked, and how much of it is read.</summary>
public sealed record ChatModelOptions
{
    /// <summary>The id by which the provider knows the model.</summary>
    public required string Model { get; init; }

    /// <summary>How many tokens the answer may have.</summary>
    /// <value>16,384 by default.</value>
    public int MaxOutputTokens { get; init; } = 16_384;

    /// <summary>How many characters (UTF-16) of the answer are read, reasoning included.</summary>
    /// <value>4 Mi by default.</value>
    public int MaxAnswerCharacters { get; init; } = 4 << 20;

    /// <summary>Whether the answer is read while it is made.</summary>
    /// <value>true by default.</value>
    public bool Stream { get; init; } = true;

    /// <summary>Whether temperature and seed of the request are sent. Some models refuse both.</summary>
    /// <value>true by default.</value>
    public bool Steady { get; init; } = true;

    /// <summary>How often a request is sent again after a status that passes (408, 429, 5xx), 0 to 10.</summary>
    /// <value>2 by default.</value>
    public int Retries { get; init; } = 2;

    /// <summary>The wait before the first retry where the provider names none; it doubles with each retry.</summary>
    /// <value>One second by default.</value>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a retry. A provider that asks for more gets no retry.</summary>
    /// <value>30 seconds by default.</value>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);
}
