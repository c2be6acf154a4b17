using Kfm.Ledger.Storage;

namespace Kfm.Ledger.Append;

/// <summary>Entries of one caller that wait to be written together.</summary>
internal sealed class PendingBatch(AppendGroup group) : PendingGroup(group)
{
    private readonly TaskCompletionSource<IReadOnlyList<AppendReceipt>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<IReadOnlyList<AppendReceipt>> Receipts => _done.Task;

    internal override void Fail(Exception error) => _done.TrySetException(error);

    protected override void Succeed(IReadOnlyList<AppendReceipt> receipts) => _done.TrySetResult(receipts);
}
