namespace Kfm.Ledger.Lineage;

/// <summary>Which deployments count.</summary>
/// <param name="From">The start, inclusive.</param>
/// <param name="To">The end, exclusive; after the start.</param>
public sealed record DoraWindow(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The environment whose deployments count: their attribute <c>environment</c>. Null counts all.</summary>
    public string? Environment { get; init; } = "production";

    /// <summary>The repository whose deployments count; null counts all.</summary>
    public string? Repository { get; init; }

    /// <summary>The size of the log to ask, such as that of a checkpoint; null is the present size.</summary>
    public long? AsOf { get; init; }

    internal bool Contains(DateTimeOffset time) => time >= From && time < To;
}
