namespace Kfm.Provenance.Merkle;

/// <summary>What the verification of a checkpoint against a policy found.</summary>
public sealed class WitnessedCheckpoint
{
    private WitnessedCheckpoint(Checkpoint? checkpoint, IReadOnlyList<string> witnesses, string? reason)
    {
        Checkpoint = checkpoint;
        Witnesses = witnesses;
        Reason = reason;
    }

    /// <summary>Whether a known log signed the checkpoint and a quorum of witnesses cosigned it.</summary>
    public bool IsVerified => Checkpoint is not null;

    /// <summary>The checkpoint; null when it is not verified.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>The witnesses that cosigned; empty when it is not verified.</summary>
    public IReadOnlyList<string> Witnesses { get; }

    /// <summary>Why it is not verified; null when it is.</summary>
    public string? Reason { get; }

    internal static WitnessedCheckpoint Verified(Checkpoint checkpoint, IReadOnlyList<string> witnesses) => new(checkpoint, witnesses, null);

    internal static WitnessedCheckpoint Failed(string reason) => new(null, [], reason);
}
