using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>What a check of a log found.</summary>
/// <param name="Size">The number of entries that were read.</param>
/// <param name="Root">The root hash over those entries, computed from them alone.</param>
/// <param name="Findings">What is wrong, at most 16 findings of each class; empty when nothing is.</param>
public sealed record LogReport(long Size, MerkleHash Root, IReadOnlyList<LogFinding> Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Findings.Count == 0;

    /// <summary>
    /// The smallest index that a finding names, or null. A checkpoint names only the last size that was sound, so it counts when nothing
    /// else names an index.
    /// </summary>
    public long? FirstBadIndex =>
        Findings.Where(f => f.Damage is not (LogDamage.Checkpoint or LogDamage.Anchor)).Min(f => f.Index) ?? Findings.Min(f => f.Index);
}
