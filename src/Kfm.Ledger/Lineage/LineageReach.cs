namespace Kfm.Ledger.Lineage;

/// <summary>How far a question about the lineage goes.</summary>
public sealed record LineageReach
{
    /// <summary>The most edges between the entry asked about and another; 1 to 1,000.</summary>
    public int Depth { get; init; } = 20;

    /// <summary>The most entries in an answer; 1 to 1,000,000.</summary>
    public int MaxNodes { get; init; } = 10_000;

    /// <summary>The size of the log to ask, such as that of a checkpoint: later entries are not there. Null is the present size.</summary>
    public long? AsOf { get; init; }

    internal bool IsWithinLimits => Depth is >= 1 and <= 1000 && MaxNodes is >= 1 and <= 1_000_000 && AsOf is not < 0;
}
