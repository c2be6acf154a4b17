using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>The gate decided. The one fact that only layer 2 holds.</summary>
/// <param name="Run">The run of the gate.</param>
/// <param name="Decision">The digest of decision.json.</param>
/// <param name="Input">The digest of context.json, which carries the root of layer 1.</param>
/// <param name="PolicySet">The digest of the policies that decided.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Reasons">Why, sorted, ordinal, without duplicates.</param>
public sealed record Decided(
    RunKey Run,
    Digest Decision,
    Digest Input,
    Digest PolicySet,
    Verdict Verdict,
    FactList<string> Reasons) : Fact;
