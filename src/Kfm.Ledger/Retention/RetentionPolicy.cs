namespace Kfm.Ledger.Retention;

/// <summary>How long entries are kept.</summary>
public sealed record RetentionPolicy
{
    /// <summary>Whole calendar years (UTC) that an entry is kept after the time it names; 1 to 1,000. Default 7.</summary>
    public int Years { get; init; } = 7;

    internal DateTimeOffset Cutoff(DateTimeOffset now) => Years is >= 1 and <= 1000
        ? now.UtcDateTime.Year - Years >= 1 ? now.ToUniversalTime().AddYears(-Years) : DateTimeOffset.MinValue
        : throw new ArgumentOutOfRangeException(nameof(now), Years, "Entries are kept for 1 to 1,000 years.");
}
