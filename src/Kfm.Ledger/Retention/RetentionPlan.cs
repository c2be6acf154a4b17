namespace Kfm.Ledger.Retention;

/// <summary>What pruning would do.</summary>
/// <param name="MinimumIndex">The index of the first entry whose bytes are kept now.</param>
/// <param name="NewMinimumIndex">The same after pruning; equal when there is nothing to prune. A multiple of 256.</param>
/// <param name="Size">The size of the log.</param>
/// <param name="Cutoff">Entries of this time or later are kept.</param>
/// <param name="FirstKept">The first entry that has to be kept, or null when the whole log is old.</param>
/// <param name="Hold">The hold because of which it is kept; null when it is too young.</param>
public sealed record RetentionPlan(long MinimumIndex, long NewMinimumIndex, long Size, DateTimeOffset Cutoff, long? FirstKept, LegalHold? Hold)
{
    /// <summary>The number of entries whose bytes would go.</summary>
    public long Count => NewMinimumIndex - MinimumIndex;
}
