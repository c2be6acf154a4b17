using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>A key of a log and the checkpoints that it may sign.</summary>
/// <param name="Verifier">The key; its name is the origin of the log.</param>
/// <param name="From">The smallest size of a checkpoint that it signs.</param>
/// <param name="Until">The largest size of a checkpoint that it signs; null while it has no successor.</param>
public sealed record LogKeySpan(NoteVerifier Verifier, ulong From, ulong? Until)
{
    /// <summary>Whether the key may sign the checkpoint of a size.</summary>
    /// <param name="size">The size of the tree.</param>
    public bool Covers(ulong size) => size >= From && (Until is null || size <= Until);
}
