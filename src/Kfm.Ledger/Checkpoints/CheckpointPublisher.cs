using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Checkpoints;

/// <summary>Signs checkpoints of committed entries and keeps them in two places. One of each size, for ever.</summary>
internal sealed class CheckpointPublisher(LogStore store, CheckpointAnchor anchor, string origin, NoteSigner? signer, TimeProvider clock)
{
    /// <summary>The checkpoint of a size, or of the present size: the one that is kept, or a new one.</summary>
    internal string Publish(long? size)
    {
        var (note, isNew) = store.Database.Write(() => SignOnce(size));
        if (isNew || anchor.Read() is null)
        {
            // Under the writer's lock, so that a slower process never puts an older checkpoint over a newer one.
            store.Database.Write(() =>
            {
                anchor.Write(store.LastCheckpoint()!);
                return 0;
            });
        }

        return note;
    }

    private (string Note, bool IsNew) SignOnce(long? wanted)
    {
        var head = store.Head();
        var size = wanted ?? head.Size;
        if (size < 0 || size > head.Size)
        {
            throw new ArgumentOutOfRangeException(nameof(wanted), wanted, $"The log has {head.Size} entries.");
        }

        if (store.CheckpointAt(size) is { } kept)
        {
            return (kept, false);
        }

        if (signer is null)
        {
            throw new InvalidOperationException($"No checkpoint of size {size} is kept, and the log was opened without a key to sign one.");
        }

        var checkpoint = new Checkpoint(origin, (ulong)size, ConsistentRoot(head, size));
        var note = SignedNote.Sign(checkpoint.ToString(), signer).ToString();
        store.WriteCheckpoint(size, note, clock.GetUtcNow());
        return (note, true);
    }

    /// <summary>The root at a size, when the tiles lead to it, to the head and to the last checkpoint: a log never signs a fork.</summary>
    private MerkleHash ConsistentRoot(LogHead head, long size)
    {
        var tree = store.Tree();
        var isConsistent = tree.Root((ulong)head.Size) == head.Root;
        if (store.LastCheckpoint() is { } last)
        {
            var earlier = StoredCheckpoint.Parse(last, "The last checkpoint in the store");
            isConsistent = isConsistent && earlier.Size <= (ulong)head.Size && tree.Root(earlier.Size) == earlier.Root;
        }

        return isConsistent
            ? tree.Root((ulong)size)
            : throw new LedgerException(
                LedgerFault.Damaged, "The store does not lead to the last checkpoint of the log, so no other is signed; run a check of the log.");
    }
}
