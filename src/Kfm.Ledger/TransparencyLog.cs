using Kfm.Ledger.Checkpoints;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger;

/// <summary>An append-only log whose entries, order and history can be proved (RFC 6962, C2SP tlog-tiles) on one SQLite file.</summary>
/// <remarks>
/// Safe for use by several threads, and by several processes on one file: every call sees what was committed before it, and writers
/// take turns. Nothing that the file says of itself is a reason to trust it; verify proofs with keys from elsewhere.
/// </remarks>
public sealed class TransparencyLog : IDisposable
{
    private readonly LogStore _store;
    private readonly EntryAppender _appender;
    private readonly CheckpointPublisher _publisher;
    private readonly Lock _gate = new();

    private TransparencyLog(LogStore store, LogOptions options)
    {
        _store = store;
        _appender = new EntryAppender(store);
        Origin = store.Meta(LogOpening.OriginName)!;
        StoredVerifier = store.Meta(LogOpening.VerifierName) ?? "";
        var signer = options.Signer is { } key ? new NoteSigner(Origin, key) : null;
        _publisher = new CheckpointPublisher(store, new CheckpointAnchor(options.Path), Origin, signer, options.TimeProvider);
    }

    /// <summary>The identity of the log.</summary>
    public string Origin { get; }

    /// <summary>The verifier key that the store says the log has, for showing; never a reason to trust it.</summary>
    public string StoredVerifier { get; }

    /// <summary>The number of entries that are committed.</summary>
    /// <exception cref="LedgerException">The store cannot be read.</exception>
    public long Size => Locked(() => _store.Head().Size);

    /// <summary>Opens a log; creates it when an origin and a key are given and the file is not there or empty.</summary>
    /// <param name="options">Which log, and how.</param>
    /// <exception cref="LedgerException">
    /// The file is not a log, is another log, is locked, or is older than the checkpoint beside it (<see cref="LedgerFault.RolledBack"/>).
    /// </exception>
    /// <exception cref="ArgumentException">The origin is not a key name, or the busy timeout is below a second.</exception>
    public static TransparencyLog Open(LogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.Path) || options.TimeProvider is null || options.BusyTimeout < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException("A log needs a path, a clock and a busy timeout of at least a second.", nameof(options));
        }

        if (options is { Origin: { } origin, Signer: { } signer })
        {
            // A bad name must not leave a file behind.
            _ = new NoteVerifier(origin, signer.PublicKey);
        }

        var store = LogOpening.Open(options);
        try
        {
            return new TransparencyLog(store, options);
        }
        catch
        {
            store.Database.Dispose();
            throw;
        }
    }

    /// <summary>Appends entries in one transaction; when it returns, they are on the device.</summary>
    /// <param name="entries">The entries, in the order in which they shall stand.</param>
    /// <returns>A receipt for each entry, in the same order. An entry that is there already gets its old index.</returns>
    /// <exception cref="LedgerException">
    /// A key is taken by other content (<see cref="LedgerFault.KeyConflict"/>), or the store cannot be written; nothing was appended.
    /// </exception>
    /// <exception cref="ArgumentException">An entry cannot be written as a leaf.</exception>
    public IReadOnlyList<AppendReceipt> Append(IReadOnlyList<LedgerEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);

        // Everything that does not need the writer's lock is done before it is taken.
        var leaves = entries.Select(PreparedLeaf.Of).ToList();
        return leaves.Count == 0 ? [] : Locked(() => _store.Database.Write(() => _appender.Append(leaves)));
    }

    /// <summary>The signed checkpoint of the present size. It is signed once, after the commit, and kept in the store and beside it.</summary>
    /// <returns>A signed note whose text is a checkpoint (C2SP tlog-checkpoint).</returns>
    /// <exception cref="LedgerException">The store cannot be read or written, or is not consistent with an earlier checkpoint.</exception>
    /// <exception cref="InvalidOperationException">The log was opened without a key, and no checkpoint of this size is kept.</exception>
    public string Checkpoint() => Locked(() => _publisher.Publish(null));

    /// <summary>Proves that the log holds an entry.</summary>
    /// <param name="index">The zero-based index of the entry.</param>
    /// <param name="size">The size of the tree to prove it in; null for the present one. Its checkpoint is signed if it is not kept.</param>
    /// <returns>The proof, with the bytes of the entry as its extra data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below the size, or the size is beyond the log.</exception>
    /// <exception cref="LedgerException">The store cannot be read, or contradicts itself.</exception>
    /// <exception cref="InvalidOperationException">The log was opened without a key, and no checkpoint of this size is kept.</exception>
    public TlogProof ProveInclusion(long index, long? size = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Locked(() =>
        {
            var note = _publisher.Publish(size);
            return _store.Database.Read(() =>
            {
                var treeSize = (long)StoredCheckpoint.Parse(note, "The checkpoint in the store").Size;
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, treeSize);
                return new TlogProof((ulong)index, _store.Tree().Inclusion((ulong)index, (ulong)treeSize), note, EntryBytes(index));
            });
        });
    }

    /// <summary>Proves that the tree of one size is a prefix of the tree of another (RFC 6962, 2.1.2).</summary>
    /// <param name="from">The size of the older tree, at least 1.</param>
    /// <param name="to">The size of the newer tree, at most the size of the log.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are not in this order, or not within the log.</exception>
    /// <exception cref="LedgerException">The store cannot be read, or contradicts itself.</exception>
    public IReadOnlyList<MerkleHash> ProveConsistency(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        return Locked(() => _store.Database.Read(() =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(to, _store.Head().Size);
            return _store.Tree().Consistency((ulong)from, (ulong)to);
        }));
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="index">The zero-based index.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public LogEntry Read(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Locked(() => _store.Database.Read(() =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _store.Head().Size);
            return Typed(index, EntryBytes(index));
        }));
    }

    /// <summary>Reads a range of entries.</summary>
    /// <param name="from">The index of the first.</param>
    /// <param name="count">How many at most; fewer are returned at the end of the log.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public IReadOnlyList<LogEntry> Entries(long from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Locked(() => _store.Entries(from, count)).Select(e => Typed(e.Index, e.Bytes))];
    }

    /// <summary>The entries of a kind, in the order of the log.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public IReadOnlyList<LogEntry> FindByKind(LedgerEntryKind kind) => Find(LookupField.Kind, LedgerEntryWriter.NameOf(kind));

    /// <summary>The entries of a trace, in the order of the log.</summary>
    /// <param name="traceId">The id of the trace.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public IReadOnlyList<LogEntry> FindByTrace(Guid traceId) => Find(LookupField.Trace, traceId.ToString("D"));

    /// <summary>The entries about a thing, in the order of the log.</summary>
    /// <param name="subject">The SHA-256 of the thing.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public IReadOnlyList<LogEntry> FindBySubject(Digest subject) => Find(LookupField.Subject, subject.ToString());

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _store.Database.Dispose();
        }
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }

    private List<LogEntry> Find(LookupField field, string value) => Locked(() => _store.Database.Read(() =>
        _store.Find(field, value).Select(index => Typed(index, EntryBytes(index))).ToList()));

    private byte[] EntryBytes(long index) => _store.Entry(index)
        ?? throw new LedgerException(LedgerFault.Damaged, $"Entry {index} is missing from the store; run a check of the log.");

    private static LogEntry Typed(long index, byte[] bytes)
    {
        try
        {
            return new LogEntry(index, bytes, LedgerEntry.Parse(bytes));
        }
        catch (LedgerEntryFormatException e)
        {
            throw new LedgerException(LedgerFault.Damaged, $"Entry {index} cannot be read: {e.Message}", e);
        }
    }
}
