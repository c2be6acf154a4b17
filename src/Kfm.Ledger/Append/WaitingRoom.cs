namespace Kfm.Ledger.Append;

/// <summary>Counts what waits, in entries and in bytes, against a limit.</summary>
internal sealed class WaitingRoom(int maxEntries, long maxBytes)
{
    private readonly Lock _gate = new();
    private long _entries;
    private long _bytes;
    private TaskCompletionSource? _space;

    /// <summary>Takes room, when there is enough or nothing else waits.</summary>
    internal bool TryEnter(int entries, long bytes)
    {
        lock (_gate)
        {
            if (_entries > 0 && (_entries + entries > maxEntries || _bytes + bytes > maxBytes))
            {
                return false;
            }

            _entries += entries;
            _bytes += bytes;
            return true;
        }
    }

    /// <summary>Takes room as soon as there is enough.</summary>
    internal async Task EnterAsync(int entries, long bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task space;
            lock (_gate)
            {
                if (TryEnter(entries, bytes))
                {
                    return;
                }

                space = (_space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await space.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives room back.</summary>
    internal void Leave(long entries, long bytes)
    {
        TaskCompletionSource? space;
        lock (_gate)
        {
            _entries -= entries;
            _bytes -= bytes;
            (space, _space) = (_space, null);
        }

        space?.TrySetResult();
    }
}
