namespace Kfm.Provenance.Merkle;

/// <summary>What the verification of a transparency log proof found.</summary>
public sealed class TlogProofVerification
{
    private TlogProofVerification(Checkpoint? checkpoint, string? reason)
    {
        Checkpoint = checkpoint;
        Reason = reason;
    }

    /// <summary>Whether the log's key signed the checkpoint and the tree of the checkpoint holds the entry.</summary>
    public bool IsVerified => Checkpoint is not null;

    /// <summary>The verified checkpoint; null when the proof is not verified.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>Why the proof is not verified; null when it is.</summary>
    public string? Reason { get; }

    internal static TlogProofVerification Verified(Checkpoint checkpoint) => new(checkpoint, null);

    internal static TlogProofVerification Failed(string reason) => new(null, reason);
}
