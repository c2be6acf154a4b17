using Kfm.Ledger.Storage;

namespace Kfm.Ledger.Append;

/// <summary>A group that waits to be written, and its caller.</summary>
internal abstract class PendingGroup(AppendGroup group)
{
    internal AppendGroup Group { get; } = group;

    /// <summary>Answers the caller on another thread, so that no caller's code runs on the writer's.</summary>
    internal void Complete(AppendOutcome outcome)
    {
        if (outcome.Conflict is { } conflict)
        {
            Fail(new LedgerException(
                LedgerFault.KeyConflict,
                $"Entry {conflict.Index} has the same key '{conflict.Leaf.Entry?.Key ?? conflict.Leaf.Key.ToString()}' and other content; an entry is never changed."));
        }
        else
        {
            Succeed(outcome.Receipts!);
        }
    }

    internal abstract void Fail(Exception error);

    protected abstract void Succeed(IReadOnlyList<AppendReceipt> receipts);
}
