namespace Kfm.Agent.Autonomy;

/// <summary>An entry that was to end a halt, and does not.</summary>
/// <param name="Index">The index of the entry in the ledger.</param>
/// <param name="Reason">Why it does not count, in one line.</param>
public sealed record RefusedResume(long Index, string Reason);
