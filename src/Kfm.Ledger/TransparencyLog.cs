using Kfm.Ledger.Append;
using Kfm.Ledger.Checkpoints;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger;

/// <summary>An append-only log whose entries, order and history can be proved (RFC 6962, C2SP tlog-tiles).</summary>
/// <remarks>
/// Safe for use by several threads. An entry is acknowledged when it is on the device; entries that wait at the same time share one
/// transaction. Nothing that the store says of itself is a reason to trust it; verify proofs with keys from elsewhere.
/// </remarks>
public sealed partial class TransparencyLog : IDisposable
{
    private readonly ILogStore _store;
    private readonly AppendQueue _queue;
    private readonly CheckpointPublisher _publisher;

    private TransparencyLog(ILogStore store, LogSettings settings, CheckpointAnchor? anchor)
    {
        var signers = new CheckpointSigners(store.Identity, settings);
        var published = anchor?.Read();
        var anchored = published is null ? -1 : anchor!.Check(published, signers.Verifiers(), store);
        _store = store;
        _queue = new AppendQueue(store, settings);
        _publisher = new CheckpointPublisher(store, anchor, anchored, signers, settings.TimeProvider);
    }

    /// <summary>The identity of the log.</summary>
    public string Origin => _store.Identity.Origin;

    /// <summary>What the leaves of the log are.</summary>
    public LogContent Content => _store.Identity.Content;

    /// <summary>The verifier key that the store says the log has, for showing; never a reason to trust it.</summary>
    public string StoredVerifier => _store.Identity.Verifier;

    /// <summary>The number of entries that are committed.</summary>
    /// <exception cref="LedgerException">The store cannot be read.</exception>
    public long Size => _store.Head().Size;

    /// <summary>Opens a log in a SQLite file; creates it when an origin and a key are given and the file is not there or empty.</summary>
    /// <param name="options">Which log, and how.</param>
    /// <exception cref="LedgerException">
    /// The file is not a log, is another log, has another writer (<see cref="LedgerFault.Busy"/>), or is older than the checkpoint beside it
    /// (<see cref="LedgerFault.RolledBack"/>).
    /// </exception>
    /// <exception cref="ArgumentException">The origin is not a key name, the busy timeout is below a second, or a limit is below 1.</exception>
    public static TransparencyLog Open(LogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.Path) || options.BusyTimeout < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException("A log needs a path and a busy timeout of at least a second.", nameof(options));
        }

        Check(options);
        if (options is { Origin: { } origin, Signer: { } signer })
        {
            // A bad name must not leave a file behind.
            _ = new NoteVerifier(origin, signer.PublicKey);
        }

        return Open(LogOpening.Open(options), options with { AnchorPath = options.AnchorPath ?? CheckpointAnchor.Beside(options.Path).Path });
    }

    /// <summary>Opens a log in any store.</summary>
    /// <param name="store">The store; it is the log's from here on, and closed with it or when this throws.</param>
    /// <param name="settings">How to work with it.</param>
    /// <exception cref="LedgerException">The store does not lead to the checkpoint of <see cref="LogSettings.AnchorPath"/>, or cannot be read.</exception>
    /// <exception cref="ArgumentException">A limit is below 1, or there is no clock.</exception>
    public static TransparencyLog Open(ILogStore store, LogSettings settings)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            Check(settings);
            return new TransparencyLog(store, settings, settings.AnchorPath is { } path ? new CheckpointAnchor(path) : null);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The signed checkpoint of the present size. It is signed once, after the commit, and kept in the store and beside it.</summary>
    /// <returns>A signed note whose text is a checkpoint (C2SP tlog-checkpoint).</returns>
    /// <exception cref="LedgerException">The store cannot be read or written, or is not consistent with an earlier checkpoint.</exception>
    /// <exception cref="InvalidOperationException">The log was opened without a key, and no checkpoint of this size is kept.</exception>
    public string Checkpoint() => _publisher.Publish(null);

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
        var note = _publisher.Publish(size);
        var treeSize = (long)StoredCheckpoint.Parse(note, "The checkpoint in the store").Size;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, treeSize);
        var hashes = new TiledTree(_store.Tile).Inclusion((ulong)index, (ulong)treeSize);
        return new TlogProof((ulong)index, hashes, note, Entry(index));
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
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Size);
        return new TiledTree(_store.Tile).Consistency((ulong)from, (ulong)to);
    }

    /// <summary>Reads a typed entry.</summary>
    /// <param name="index">The zero-based index.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    /// <exception cref="LedgerException">The store cannot be read, is damaged, or the entry was pruned.</exception>
    public LogEntry Read(long index) => Typed(new StoredEntry(index, ReadBytes(index)));

    /// <summary>Reads the bytes of a leaf.</summary>
    /// <param name="index">The zero-based index.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such entry.</exception>
    /// <exception cref="LedgerException">The store cannot be read, is damaged, or the entry was pruned.</exception>
    public ReadOnlyMemory<byte> ReadBytes(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return Entry(index);
    }

    /// <summary>Reads a range of typed entries.</summary>
    /// <param name="from">The index of the first.</param>
    /// <param name="count">How many at most; fewer are returned at the end of the log.</param>
    /// <exception cref="LedgerException">The store cannot be read, is damaged, or the entries were pruned.</exception>
    public IReadOnlyList<LogEntry> Entries(long from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. _store.Entries(from, count).Select(Typed)];
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

    /// <summary>Writes what waits and closes the log.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        _store.Dispose();
    }

    private static void Check(LogSettings settings)
    {
        if (settings.TimeProvider is null || settings.MaxWaitingEntries < 1 || settings.MaxWaitingBytes < 1)
        {
            throw new ArgumentException("A log needs a clock and limits of at least 1.", nameof(settings));
        }
    }

    // The index by value may name others too, since it holds hashes of values; the entry itself decides.
    private List<LogEntry> Find(LookupField field, string value) =>
        [.. Kept(_store.Find(field, value)).Select(index => Typed(new StoredEntry(index, Entry(index)))).Where(e => EntryIndex.Lookups(e.Entry).Contains((field, value)))];

    private ReadOnlyMemory<byte> Entry(long index) => _store.Entries(index, 1) is [var entry]
        ? entry.Bytes
        : throw new LedgerException(LedgerFault.Damaged, $"Entry {index} is missing from the store; run a check of the log.");

    private static LogEntry Typed(StoredEntry entry)
    {
        try
        {
            return new LogEntry(entry.Index, entry.Bytes, LedgerEntry.Parse(entry.Bytes));
        }
        catch (LedgerEntryFormatException e)
        {
            throw new LedgerException(LedgerFault.Damaged, $"Entry {entry.Index} cannot be read: {e.Message}", e);
        }
    }
}
