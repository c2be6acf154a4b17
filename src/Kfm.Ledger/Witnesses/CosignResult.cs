namespace Kfm.Ledger.Witnesses;

/// <summary>What witnesses said to a checkpoint.</summary>
/// <param name="Note">The checkpoint with the cosignatures that were gathered; null when no quorum was reached and that is not allowed.</param>
/// <param name="IsQuorum">Whether a quorum of the policy cosigned.</param>
/// <param name="Failures">Why witnesses did not cosign, by their names in the policy.</param>
public sealed record CosignResult(string? Note, bool IsQuorum, IReadOnlyDictionary<string, string> Failures);
