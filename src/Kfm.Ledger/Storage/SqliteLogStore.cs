using System.Collections.Concurrent;
using Kfm.Ledger.Tiles;
using Microsoft.Data.Sqlite;

namespace Kfm.Ledger.Storage;

/// <summary>A log in one SQLite file, in WAL mode with <c>synchronous=FULL</c>: what is acknowledged is on the device.</summary>
/// <remarks>
/// One process writes, and holds the lock of the file <c>PATH.lock</c> from its first write until it is closed; any number of processes read.
/// </remarks>
internal sealed class SqliteLogStore : ILogStore
{
    private readonly string _path;
    private readonly TimeSpan _busyTimeout;
    private readonly LogDatabase _database;
    private readonly LogTables _tables;
    private readonly ConcurrentBag<LogDatabase> _readers = [];
    private readonly Lock _gate = new();
    private WriterLock? _lock;
    private LogWriter? _writer;
    private LedgerException? _failure;
    private bool _isClosed;

    internal SqliteLogStore(string path, TimeSpan busyTimeout, LogDatabase database, WriterLock? writerLock, LogIdentity identity)
    {
        _path = path;
        _busyTimeout = busyTimeout;
        _database = database;
        _tables = new LogTables(database);
        _lock = writerLock;
        Identity = identity;
    }

    public LogIdentity Identity { get; }

    public int BatchesAtOnce => 1;

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<AppendGroup> groups, CancellationToken cancellationToken)
    {
        LeafHashing.Hash(groups);
        return Task.FromResult(Write(() => (_writer ??= new LogWriter(_tables, Identity)).Append(groups)));
    }

    public LogHead Head() => Read(tables => tables.Head());

    public ReadOnlyMemory<byte> Tile(Tile tile) => Read(tables => tables.Database.Read(() => tables.Tile(tile)));

    public long MinimumIndex() => Read(tables => tables.MinimumIndex());

    public void Prune(long minimumIndex) => Write(() =>
    {
        _tables.Prune(minimumIndex);
        return true;
    });

    public IReadOnlyList<StoredEntry> Entries(long from, int count) => Read(tables => tables.Database.Read(() => tables.Entries(from, count)));

    public IReadOnlyList<long> Find(LookupField field, string value) => Read(tables => tables.Find(field, value));

    public string? CheckpointAt(long size) => Read(tables => tables.Checkpoints.At(size));

    public string? LastCheckpoint() => Read(tables => tables.Checkpoints.Last());

    public IReadOnlyList<KeptCheckpoint> Checkpoints() => Read(tables => tables.Checkpoints.All());

    public string KeepCheckpoint(long size, string note, DateTimeOffset recorded) => Write(() =>
    {
        if (_tables.Checkpoints.At(size) is { } kept)
        {
            return kept;
        }

        _tables.Checkpoints.Write(size, note, recorded);
        return note;
    });

    public bool ReplaceCheckpoint(long size, string old, string note) => Write(() => _tables.Checkpoints.Replace(size, old, note));

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _writer?.Dispose();
            foreach (var reader in _readers)
            {
                reader.Dispose();
            }

            _database.Dispose();
            _lock?.Dispose();
        }
    }

    private T Write<T>(Func<T> work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(TransparencyLog));
            if (_failure is not null)
            {
                throw new LedgerException(_failure.Fault, "The log was closed for writing by an earlier failure; open it again. " + _failure.Message, _failure);
            }

            _lock ??= WriterLock.Take(_path, _busyTimeout);
            try
            {
                return _database.Write(work);
            }
            catch (Exception e)
            {
                // What the writer remembers is ahead of the store now.
                _writer?.Dispose();
                _writer = null;
                _failure = e is LedgerException { Fault: LedgerFault.Storage } failed ? failed : null;
                throw;
            }
        }
    }

    private T Read<T>(Func<LogTables, T> work)
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(TransparencyLog));
        if (!_readers.TryTake(out var reader))
        {
            reader = new LogDatabase(_path, SqliteOpenMode.ReadWrite, _busyTimeout);
        }

        try
        {
            return work(new LogTables(reader));
        }
        finally
        {
            Return(reader);
        }
    }

    private void Return(LogDatabase reader)
    {
        _readers.Add(reader);
        if (_isClosed && _readers.TryTake(out var late))
        {
            late.Dispose();
        }
    }
}
