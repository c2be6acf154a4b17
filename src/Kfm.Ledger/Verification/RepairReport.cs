namespace Kfm.Ledger.Verification;

/// <summary>What a repair of a log did.</summary>
/// <param name="Before">The check before.</param>
/// <param name="After">The check after; null when nothing was changed, because nothing was wrong or because entries or checkpoints are.</param>
public sealed record RepairReport(LogReport Before, LogReport? After)
{
    /// <summary>Whether the log is sound now.</summary>
    public bool IsSound => (After ?? Before).IsSound;
}
