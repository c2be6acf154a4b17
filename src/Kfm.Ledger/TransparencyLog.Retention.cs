using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger;

/// <content>What retention and erasure need.</content>
public sealed partial class TransparencyLog
{
    /// <summary>The index of the first entry whose bytes are kept; 0 when nothing was pruned (C2SP tlog-tiles, minimum index).</summary>
    /// <exception cref="LedgerException">The store cannot be read.</exception>
    public long MinimumIndex => _store.MinimumIndex();

    /// <summary>The root of the tree over the first entries (RFC 6962, 2.1).</summary>
    /// <param name="size">The number of entries; at most the size of the log.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log is smaller.</exception>
    /// <exception cref="LedgerException">The store cannot be read, or contradicts itself.</exception>
    public MerkleHash RootAt(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return new TiledTree(_store.Tile).Root((ulong)size);
    }

    /// <summary>The entries that have a sealed field about a person, in the order of the log.</summary>
    /// <param name="pseudonym">The pseudonym of the person.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public IReadOnlyList<LogEntry> FindByPerson(Digest pseudonym) => Find(LookupField.Person, pseudonym.ToString());

    /// <summary>Forgets the bytes of the entries below an index; the caller has written the disposition entry.</summary>
    internal void Prune(long minimumIndex) => _store.Prune(minimumIndex);

    internal ILogStore Store => _store;

    /// <summary>The checkpoint of a size, or of the present one; signed where none is kept.</summary>
    internal string CheckpointAt(long? size) => _publisher.Publish(size);

    // What was pruned is not found any more; an index that goes nowhere else is damage, and reading it says so.
    private IEnumerable<long> Kept(IReadOnlyList<long> indexes)
    {
        if (indexes.Count == 0)
        {
            return [];
        }

        var minimum = _store.MinimumIndex();
        return indexes.Where(i => i >= minimum);
    }
}
