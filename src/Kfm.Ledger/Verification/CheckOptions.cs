namespace Kfm.Ledger.Verification;

/// <summary>How to check a log.</summary>
public sealed record CheckOptions
{
    /// <summary>How much is computed again.</summary>
    public CheckLevel Level { get; init; } = CheckLevel.History;

    /// <summary>A signed checkpoint of the log that the caller kept elsewhere, or null.</summary>
    public string? Anchor { get; init; }

    /// <summary>How many threads compute; 0 for one on each core.</summary>
    public int Threads { get; init; }
}
