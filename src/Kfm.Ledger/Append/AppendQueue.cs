using System.Threading.Channels;
using Kfm.Ledger.Storage;

namespace Kfm.Ledger.Append;

/// <summary>
/// Group commit without a timer: one thread takes whatever waits and hands it to the store as one transaction. When nothing else waits an
/// entry costs one commit; under load batches form by themselves while the commit before runs.
/// </summary>
internal sealed class AppendQueue : IDisposable
{
    private const int MaxBatchEntries = 16_384;
    private const long MaxBatchBytes = 16L * 1024 * 1024;
    private readonly ILogStore _store;
    private readonly WaitingRoom _room;
    private readonly SemaphoreSlim _slots;
    private readonly Channel<PendingGroup> _channel = Channel.CreateUnbounded<PendingGroup>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private Thread? _thread;

    internal AppendQueue(ILogStore store, LogSettings settings)
    {
        _store = store;
        _room = new WaitingRoom(settings.MaxWaitingEntries, settings.MaxWaitingBytes);
        _slots = new SemaphoreSlim(store.BatchesAtOnce);
    }

    /// <summary>Hands a group over unless there is no room. Never waits.</summary>
    internal bool TryAdd(PendingGroup pending)
    {
        if (!_room.TryEnter(pending.Group.Leaves.Count, pending.Group.ByteCount))
        {
            return false;
        }

        Add(pending);
        return true;
    }

    /// <summary>Hands a group over when there is room.</summary>
    internal ValueTask AddAsync(PendingGroup pending, CancellationToken cancellationToken) =>
        TryAdd(pending) ? default : WaitAndAddAsync(pending, cancellationToken);

    /// <summary>Writes what waits, and takes nothing more.</summary>
    public void Dispose()
    {
        _channel.Writer.TryComplete();
        lock (_gate)
        {
            _thread?.Join();
        }

        for (var i = 0; i < _store.BatchesAtOnce; i++)
        {
            _slots.Wait();
        }

        _slots.Dispose();
    }

    private async ValueTask WaitAndAddAsync(PendingGroup pending, CancellationToken cancellationToken)
    {
        await _room.EnterAsync(pending.Group.Leaves.Count, pending.Group.ByteCount, cancellationToken).ConfigureAwait(false);
        Add(pending);
    }

    private void Add(PendingGroup pending)
    {
        if (!_channel.Writer.TryWrite(pending))
        {
            _room.Leave(pending.Group.Leaves.Count, pending.Group.ByteCount);
            throw new LedgerException(LedgerFault.Closed, "The log is closed.");
        }

        if (_thread is null)
        {
            Start();
        }
    }

    private void Start()
    {
        lock (_gate)
        {
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "ledger writer" };
                _thread.Start();
            }
        }
    }

    private void Run()
    {
        var reader = _channel.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            _slots.Wait();
            if (TakeBatch(reader) is { Count: > 0 } batch)
            {
                _ = CommitAsync(batch);
            }
            else
            {
                _slots.Release();
            }
        }
    }

    private static List<PendingGroup> TakeBatch(ChannelReader<PendingGroup> reader)
    {
        var batch = new List<PendingGroup>();
        var (entries, bytes) = (0L, 0L);
        while (entries < MaxBatchEntries && bytes < MaxBatchBytes && reader.TryRead(out var pending))
        {
            batch.Add(pending);
            entries += pending.Group.Leaves.Count;
            bytes += pending.Group.ByteCount;
        }

        return batch;
    }

    private async Task CommitAsync(List<PendingGroup> batch)
    {
        try
        {
            var outcomes = await _store.AppendAsync(batch.ConvertAll(p => p.Group), CancellationToken.None).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Complete(outcomes[i]);
            }
        }
#pragma warning disable CA1031 // Whatever went wrong, somebody waits for the answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            batch.ForEach(p => p.Fail(e));
        }
        finally
        {
            _room.Leave(batch.Sum(p => (long)p.Group.Leaves.Count), batch.Sum(p => p.Group.ByteCount));
            _slots.Release();
        }
    }
}
