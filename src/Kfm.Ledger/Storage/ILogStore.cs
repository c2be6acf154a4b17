using Kfm.Ledger.Tiles;

namespace Kfm.Ledger.Storage;

/// <summary>Where a log is kept: the one contract between <see cref="TransparencyLog"/> and a database. All stores pass one suite of tests.</summary>
/// <remarks>
/// <para>
/// <b>What is in one transaction.</b> All groups of one <see cref="AppendAsync"/> that are accepted, and for each new leaf: the entry (in bundles
/// of 256), its idempotency key, its rows in the indexes (<see cref="EntryIndex"/>: kind, trace, subject, and the edges of the lineage), the tiles
/// that it changes, and the head (size and root). After a crash a reader sees all of them or none. What can be computed from the entries
/// (tiles, keys, indexes, head) may be written later, as long as the store answers as if it were there, after a crash too.
/// References to sealed personal fields are part of the leaf; the keys of subjects are never in this store.
/// </para>
/// <para>
/// <b>Who assigns the indexes.</b> The store, inside the transaction, by <see cref="AppendPlan"/> from the size of the committed head: contiguous from
/// 0, never reused, never by a sequence or an identity column. <see cref="AppendAsync"/> returns when the transaction is on the device.
/// </para>
/// <para>
/// <b>Who writes.</b> One writer at a time. A store in a file holds a lock of the operating system for as long as it is open for writing, and a second
/// process gets <see cref="LedgerFault.Busy"/>. A store that many processes share elects one sequencer, and guards the head by an epoch that each
/// election raises: <c>UPDATE head … WHERE size = old AND epoch = mine</c> must change one row, else the transaction is rolled back
/// (<see cref="LedgerFault.Fenced"/>), so that a sequencer that was replaced while it slept commits nothing.
/// </para>
/// <para>
/// <b>Readers</b> see only what is committed. A log only grows, so that no call needs the snapshot of another: read the head first, then
/// tiles and entries below it. Everything here is safe for use by several threads at once; reads block for one round trip to the store.
/// </para>
/// Every failure of the store is a <see cref="LedgerException"/>.
/// </remarks>
public interface ILogStore : IDisposable
{
    /// <summary>What the log was created with.</summary>
    LogIdentity Identity { get; }

    /// <summary>
    /// How many calls of <see cref="AppendAsync"/> may be under way at once; at least 1. While they are, further entries wait and make larger batches.
    /// </summary>
    int BatchesAtOnce { get; }

    /// <summary>Appends groups of leaves, in this order, in one transaction, and returns when it is durable.</summary>
    /// <param name="groups">The groups; each is appended as a whole or not at all.</param>
    /// <param name="cancellationToken">Stops waiting. What was handed over may be appended nevertheless.</param>
    /// <returns>One outcome for each group, in the same order: the receipts, or the entry whose key is in the way.</returns>
    /// <exception cref="LedgerException">Nothing was appended, or (<see cref="LedgerFault.Storage"/>) it is not known whether it was; ask again by key.</exception>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<AppendGroup> groups, CancellationToken cancellationToken);

    /// <summary>The committed head.</summary>
    LogHead Head();

    /// <summary>
    /// The hashes of a tile, one after the other: all that the committed head makes, so fewer than 256 at the right edge, none beyond it. Tiles of
    /// entries that were pruned are kept.
    /// </summary>
    /// <param name="tile">The tile.</param>
    ReadOnlyMemory<byte> Tile(Tile tile);

    /// <summary>The index of the first entry that is not pruned (C2SP tlog-tiles, minimum index); a multiple of 256, 0 when nothing was pruned.</summary>
    long MinimumIndex();

    /// <summary>Forgets the bytes of the entries below an index. Their leaf hashes, and so all tiles, roots and proofs, stay.</summary>
    /// <param name="minimumIndex">A multiple of 256, not beyond the head. A smaller one than before changes nothing.</param>
    void Prune(long minimumIndex);

    /// <summary>The entries from an index on, in order and without a gap; fewer than asked for at the end of the log.</summary>
    /// <param name="from">The index of the first, at least 0.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="LedgerException">The entries were pruned (<see cref="LedgerFault.Pruned"/>).</exception>
    IReadOnlyList<StoredEntry> Entries(long from, int count);

    /// <summary>The indexes of the entries with a value, ascending.</summary>
    /// <param name="field">By what to find.</param>
    /// <param name="value">The value as <see cref="EntryIndex"/> makes it.</param>
    IReadOnlyList<long> Find(LookupField field, string value);

    /// <summary>The kept checkpoint of a size; null when there is none.</summary>
    /// <param name="size">The size of the tree.</param>
    string? CheckpointAt(long size);

    /// <summary>The kept checkpoint of the largest size; null when there is none.</summary>
    string? LastCheckpoint();

    /// <summary>All kept checkpoints, by ascending size.</summary>
    IReadOnlyList<KeptCheckpoint> Checkpoints();

    /// <summary>Keeps a signed checkpoint for ever, unless one of its size is kept already: the first one stays.</summary>
    /// <param name="size">The size of the tree; not beyond the committed head.</param>
    /// <param name="note">The signed note.</param>
    /// <param name="recorded">When it was signed, for showing.</param>
    /// <returns>The note that is kept.</returns>
    string KeepCheckpoint(long size, string note, DateTimeOffset recorded);

    /// <summary>Replaces a kept checkpoint by the same checkpoint with more signatures, such as those of witnesses.</summary>
    /// <param name="size">The size of the tree.</param>
    /// <param name="old">The note that is kept now; when another is kept, nothing is replaced.</param>
    /// <param name="note">The note that shall be kept.</param>
    /// <returns>Whether it was replaced.</returns>
    bool ReplaceCheckpoint(long size, string old, string note);
}
