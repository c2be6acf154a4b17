using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Checkpoints;

/// <summary>Reads the checkpoints that the log itself keeps. Their signatures are not verified here: the store is no reason to trust.</summary>
internal static class StoredCheckpoint
{
    internal static Checkpoint Parse(string note, string place)
    {
        try
        {
            return Checkpoint.Parse(SignedNote.Parse(note).Text);
        }
        catch (Exception e) when (e is NoteFormatException or CheckpointFormatException)
        {
            throw new LedgerException(LedgerFault.Damaged, $"{place} is not a checkpoint: {e.Message}", e);
        }
    }
}
