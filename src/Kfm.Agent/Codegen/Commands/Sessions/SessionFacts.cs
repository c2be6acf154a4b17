using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen.Commands.Sessions;

/// <summary>What a session log of an agent tells, in figures and names; the log itself is not kept.</summary>
public sealed record SessionFacts
{
    /// <summary>The form of the log: <c>claude-code</c>, <c>codex-exec</c>, <c>codex-rollout</c>, <c>aider-analytics</c>, <c>kfm</c>, or <c>unknown</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Why nothing could be read of the log; null when something was.</summary>
    public string? NotRead { get; init; }

    /// <summary>The SHA-256 of the log; null when it was too long.</summary>
    public Digest? Digest { get; init; }

    /// <summary>The length of the log in bytes, as far as it is known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The model that answered last; null when the log does not tell.</summary>
    public string? Model { get; init; }

    /// <summary>The version of the model; null when the log does not tell.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The version of the agent; null when the log does not tell.</summary>
    public string? ToolVersion { get; init; }

    /// <summary>The tokens that the model read, without those from a cache; null when the log does not tell.</summary>
    public long? InputTokens { get; init; }

    /// <summary>The tokens that the model wrote; null when the log does not tell.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>The tokens that were read from a cache; null when the log does not tell.</summary>
    public long? CachedTokens { get; init; }

    /// <summary>How many tools the model called; null when the log does not tell.</summary>
    public long? ToolCalls { get; init; }
}
