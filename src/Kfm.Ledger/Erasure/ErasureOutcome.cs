using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Erasure;

/// <summary>What became of a request to forget a person.</summary>
/// <param name="Status">What was done.</param>
/// <param name="Pseudonym">The pseudonym of the person in the log.</param>
/// <param name="Index">The index of the entry that proves the erasure, or null when there is none.</param>
/// <param name="Hold">The index of the entry of the hold that forbids it, or null.</param>
/// <param name="Fields">The number of sealed fields that are not readable any more.</param>
public sealed record ErasureOutcome(ErasureStatus Status, Digest Pseudonym, long? Index, long? Hold, int Fields);
