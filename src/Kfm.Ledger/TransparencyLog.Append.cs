using Kfm.Ledger.Append;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;

namespace Kfm.Ledger;

/// <content>Appending: entries that wait together are one transaction, and are acknowledged when it is on the device.</content>
public sealed partial class TransparencyLog
{
    /// <summary>Hands an entry over, and never waits for anything.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="receipt">
    /// Completes when the entry is durable; fails with <see cref="LedgerException"/> when it is not. Valid when this returns true.
    /// </param>
    /// <returns>False when as much waits as may (<see cref="LogSettings.MaxWaitingEntries"/>): nothing was handed over, try later.</returns>
    /// <exception cref="ArgumentException">The entry cannot be written as a leaf.</exception>
    /// <exception cref="InvalidOperationException">The leaves of this log are bytes.</exception>
    /// <exception cref="LedgerException">The log is closed.</exception>
    public bool TryAppend(LedgerEntry entry, out Task<AppendReceipt> receipt) => TryAppend(Leaf(entry), out receipt);

    /// <summary>Hands a leaf of bytes over, and never waits for anything.</summary>
    /// <param name="leaf">At most 65,535 bytes, which must not change any more.</param>
    /// <param name="receipt">
    /// Completes when the leaf is durable; fails with <see cref="LedgerException"/> when it is not. Valid when this returns true.
    /// </param>
    /// <returns>False when as much waits as may (<see cref="LogSettings.MaxWaitingEntries"/>): nothing was handed over, try later.</returns>
    /// <exception cref="ArgumentException">The leaf is too long.</exception>
    /// <exception cref="InvalidOperationException">The leaves of this log are typed entries.</exception>
    /// <exception cref="LedgerException">The log is closed.</exception>
    public bool TryAppend(ReadOnlyMemory<byte> leaf, out Task<AppendReceipt> receipt) => TryAppend(Leaf(leaf), out receipt);

    /// <summary>Appends an entry; waits for room when too much waits already.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Stops waiting for room; an entry that was handed over is written nevertheless.</param>
    /// <returns>The receipt, when the entry is durable.</returns>
    /// <exception cref="LedgerException">The key is taken by other content (<see cref="LedgerFault.KeyConflict"/>), or the store cannot be written.</exception>
    /// <exception cref="ArgumentException">The entry cannot be written as a leaf.</exception>
    /// <exception cref="InvalidOperationException">The leaves of this log are bytes.</exception>
    public Task<AppendReceipt> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken = default) =>
        AppendAsync(Leaf(entry), cancellationToken);

    /// <summary>Appends a leaf of bytes; waits for room when too much waits already.</summary>
    /// <param name="leaf">At most 65,535 bytes, which must not change any more.</param>
    /// <param name="cancellationToken">Stops waiting for room; a leaf that was handed over is written nevertheless.</param>
    /// <returns>The receipt, when the leaf is durable.</returns>
    /// <exception cref="LedgerException">The store cannot be written.</exception>
    /// <exception cref="ArgumentException">The leaf is too long.</exception>
    /// <exception cref="InvalidOperationException">The leaves of this log are typed entries.</exception>
    public Task<AppendReceipt> AppendAsync(ReadOnlyMemory<byte> leaf, CancellationToken cancellationToken = default) =>
        AppendAsync(Leaf(leaf), cancellationToken);

    /// <summary>Appends entries together: all of them in this order, or none.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="cancellationToken">Stops waiting for room; entries that were handed over are written nevertheless.</param>
    /// <returns>A receipt for each entry, in the same order. An entry that is there already gets its old index.</returns>
    /// <exception cref="LedgerException">
    /// A key is taken by other content (<see cref="LedgerFault.KeyConflict"/>), or the store cannot be written.
    /// </exception>
    /// <exception cref="ArgumentException">An entry cannot be written as a leaf.</exception>
    /// <exception cref="InvalidOperationException">The leaves of this log are bytes.</exception>
    public Task<IReadOnlyList<AppendReceipt>> AppendBatchAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return AppendBatchAsync([.. entries.Select(Leaf)], cancellationToken);
    }

    /// <summary>Appends leaves of bytes together: all of them in this order, or none.</summary>
    /// <param name="leaves">Leaves of at most 65,535 bytes, which must not change any more.</param>
    /// <param name="cancellationToken">Stops waiting for room; leaves that were handed over are written nevertheless.</param>
    /// <returns>A receipt for each leaf, in the same order. In an idempotent log a leaf that is there already gets its old index.</returns>
    /// <exception cref="LedgerException">The store cannot be written.</exception>
    /// <exception cref="ArgumentException">A leaf is too long.</exception>
    /// <exception cref="InvalidOperationException">The leaves of this log are typed entries.</exception>
    public Task<IReadOnlyList<AppendReceipt>> AppendBatchAsync(IReadOnlyList<ReadOnlyMemory<byte>> leaves, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        return AppendBatchAsync([.. leaves.Select(Leaf)], cancellationToken);
    }

    /// <summary>Appends entries together and waits; when it returns, they are on the device.</summary>
    /// <param name="entries">The entries, in the order in which they shall stand.</param>
    /// <returns>A receipt for each entry, in the same order. An entry that is there already gets its old index.</returns>
    /// <exception cref="LedgerException">
    /// A key is taken by other content (<see cref="LedgerFault.KeyConflict"/>), or the store cannot be written.
    /// </exception>
    /// <exception cref="ArgumentException">An entry cannot be written as a leaf.</exception>
    /// <exception cref="InvalidOperationException">The leaves of this log are bytes.</exception>
    public IReadOnlyList<AppendReceipt> Append(IReadOnlyList<LedgerEntry> entries) => AppendBatchAsync(entries).GetAwaiter().GetResult();

    private bool TryAppend(LogLeaf leaf, out Task<AppendReceipt> receipt)
    {
        var pending = new PendingEntry(leaf);
        receipt = pending.Receipt;
        return _queue.TryAdd(pending);
    }

    private Task<AppendReceipt> AppendAsync(LogLeaf leaf, CancellationToken cancellationToken)
    {
        var pending = new PendingEntry(leaf);
        var added = _queue.AddAsync(pending, cancellationToken);
        return added.IsCompletedSuccessfully ? pending.Receipt : Await(added, pending.Receipt);
    }

    private Task<IReadOnlyList<AppendReceipt>> AppendBatchAsync(LogLeaf[] leaves, CancellationToken cancellationToken)
    {
        if (leaves.Length == 0)
        {
            return Task.FromResult<IReadOnlyList<AppendReceipt>>([]);
        }

        // Hashed here, while the batch before is written.
        LeafHashing.Hash(leaves);
        var pending = new PendingBatch(new AppendGroup(leaves));
        var added = _queue.AddAsync(pending, cancellationToken);
        return added.IsCompletedSuccessfully ? pending.Receipts : Await(added, pending.Receipts);
    }

    private static async Task<T> Await<T>(ValueTask added, Task<T> receipt)
    {
        await added.ConfigureAwait(false);
        return await receipt.ConfigureAwait(false);
    }

    private LogLeaf Leaf(LedgerEntry entry) => Content == LogContent.Entries
        ? new LogLeaf(entry)
        : throw new InvalidOperationException("The leaves of this log are bytes, not typed entries.");

    private LogLeaf Leaf(ReadOnlyMemory<byte> leaf) => Content == LogContent.Bytes
        ? new LogLeaf(leaf)
        : throw new InvalidOperationException("The leaves of this log are typed entries, not bytes.");
}
