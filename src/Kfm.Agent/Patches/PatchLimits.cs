namespace Kfm.Agent.Patches;

/// <summary>The limits within which a patch is read.</summary>
public sealed record PatchLimits
{
    /// <summary>How many bytes the patch may have.</summary>
    /// <value>64 MiB by default.</value>
    public int Bytes { get; init; } = 64 << 20;

    /// <summary>How many files the patch may change.</summary>
    /// <value>10,000 by default.</value>
    public int Files { get; init; } = 10_000;

    /// <summary>How many bytes a path may have.</summary>
    /// <value>4,096 by default.</value>
    public int PathBytes { get; init; } = 4096;
}
