using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Checkpoints;

/// <summary>Signs checkpoints of committed entries and keeps them in two places before anybody sees them. One of each size, for ever.</summary>
internal sealed class CheckpointPublisher(ILogStore store, CheckpointAnchor? anchor, long anchored, CheckpointSigners signers, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _anchored = anchored;

    /// <summary>The checkpoint of a size, or of the present size: the one that is kept, or a new one.</summary>
    internal string Publish(long? wanted)
    {
        lock (_gate)
        {
            // Read before the head, so that the head is not older.
            var last = store.LastCheckpoint();
            var head = store.Head();
            var size = wanted ?? head.Size;
            if (size < 0 || size > head.Size)
            {
                throw new ArgumentOutOfRangeException(nameof(wanted), wanted, $"The log has {head.Size} entries.");
            }

            var note = store.CheckpointAt(size) ?? store.KeepCheckpoint(size, Sign(last, head, size), clock.GetUtcNow());
            Anchor(size, note);
            return note;
        }
    }

    /// <summary>Puts a note with more signatures in the place of the one that is kept.</summary>
    internal void Replace(long size, string old, string note)
    {
        lock (_gate)
        {
            if (store.ReplaceCheckpoint(size, old, note) && size == _anchored)
            {
                anchor?.Write(note);
            }
        }
    }

    private void Anchor(long size, string note)
    {
        if (anchor is not null && size > _anchored && signers.Any)
        {
            anchor.Write(note);
            _anchored = size;
        }
    }

    private string Sign(string? last, LogHead head, long size)
    {
        var keys = signers.At(size);
        if (keys.Count == 0)
        {
            throw new InvalidOperationException($"No checkpoint of size {size} is kept, and the log was opened without a key that may sign one.");
        }

        var checkpoint = new Checkpoint(store.Identity.Origin, (ulong)size, ConsistentRoot(last, head, size));
        return SignedNote.Sign(checkpoint.ToString(), keys).ToString();
    }

    /// <summary>The root at a size, when the tiles lead to it, to the head and to the last checkpoint: a log never signs a fork.</summary>
    private MerkleHash ConsistentRoot(string? last, LogHead head, long size)
    {
        var tree = new TiledTree(store.Tile);
        var isConsistent = tree.Root((ulong)head.Size) == head.Root;
        if (last is not null)
        {
            var earlier = StoredCheckpoint.Parse(last, "The last checkpoint in the store");
            isConsistent = isConsistent && (earlier.Size <= (ulong)head.Size && tree.Root(earlier.Size) == earlier.Root);
        }

        return isConsistent
            ? tree.Root((ulong)size)
            : throw new LedgerException(
                LedgerFault.Damaged, "The store does not lead to the last checkpoint of the log, so no other is signed; run a check of the log.");
    }
}
