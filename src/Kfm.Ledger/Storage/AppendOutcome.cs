namespace Kfm.Ledger.Storage;

/// <summary>What became of one group of an append.</summary>
public sealed class AppendOutcome
{
    private AppendOutcome(IReadOnlyList<AppendReceipt>? receipts, KeyConflict? conflict)
    {
        Receipts = receipts;
        Conflict = conflict;
    }

    /// <summary>One receipt for each leaf, in order; null when the group was refused.</summary>
    public IReadOnlyList<AppendReceipt>? Receipts { get; }

    /// <summary>What is in the way of the group; null when it was appended.</summary>
    public KeyConflict? Conflict { get; }

    /// <summary>The group is durable.</summary>
    /// <param name="receipts">One receipt for each leaf, in order.</param>
    public static AppendOutcome Appended(IReadOnlyList<AppendReceipt> receipts)
    {
        ArgumentNullException.ThrowIfNull(receipts);
        return new(receipts, null);
    }

    /// <summary>Nothing of the group was appended.</summary>
    /// <param name="conflict">What is in the way.</param>
    public static AppendOutcome Refused(KeyConflict conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        return new(null, conflict);
    }
}
