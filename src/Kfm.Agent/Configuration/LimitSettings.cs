namespace Kfm.Agent.Configuration;

/// <summary>How much a command of the repository may use.</summary>
public sealed record LimitSettings
{
    /// <summary>The time that one command may take, in seconds, 1 to 7200.</summary>
    /// <value>600 by default.</value>
    public int TimeoutSeconds { get; init; } = 600;

    /// <summary>The number of files that one build may give as artifacts, 1 to 100,000.</summary>
    /// <value>10,000 by default.</value>
    public int ArtifactFiles { get; init; } = 10_000;

    /// <summary>The size of all artifacts of one build together, in mebibytes, 1 to 16,384.</summary>
    /// <value>1,024 by default.</value>
    public int ArtifactMebibytes { get; init; } = 1_024;
}
