namespace Kfm.Agent.Autonomy;

/// <summary>What a ledger says of halts.</summary>
/// <param name="Standing">The halts that hold, in the order of the ledger.</param>
/// <param name="Refused">The ends of halts that do not count, in the order of the ledger.</param>
public sealed record HaltState(IReadOnlyList<StandingHalt> Standing, IReadOnlyList<RefusedResume> Refused)
{
    /// <summary>Nothing is halted.</summary>
    public static HaltState None { get; } = new([], []);

    /// <summary>Whether anything is halted.</summary>
    public bool IsHalted => Standing.Count > 0;
}
