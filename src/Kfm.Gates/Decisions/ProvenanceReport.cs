using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Decisions;

/// <summary>What the consistency gate found in the documents of layer 1, for the policies.</summary>
public sealed record ProvenanceReport
{
    /// <summary>The documents, in any order.</summary>
    public IReadOnlyList<ProvenanceDocument> Documents { get; init; } = [];

    /// <summary>What is not as the record says; one finding denies.</summary>
    public IReadOnlyList<ConsistencyFinding> Findings { get; init; } = [];

    /// <summary>Whether the provenance statement is signed and its signature was verified.</summary>
    public bool Signed { get; init; }
}
