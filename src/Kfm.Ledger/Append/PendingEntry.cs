using Kfm.Ledger.Storage;

namespace Kfm.Ledger.Append;

/// <summary>One entry that waits to be written.</summary>
internal sealed class PendingEntry(LogLeaf leaf) : PendingGroup(new AppendGroup([leaf]))
{
    private readonly TaskCompletionSource<AppendReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<AppendReceipt> Receipt => _done.Task;

    internal override void Fail(Exception error) => _done.TrySetException(error);

    protected override void Succeed(IReadOnlyList<AppendReceipt> receipts) => _done.TrySetResult(receipts[0]);
}
