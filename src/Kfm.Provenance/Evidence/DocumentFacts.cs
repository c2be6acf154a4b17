using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>
/// What was read back from a document of another package (context.json, decision.json, the comment, a ledger entry), for the consistency gate.
/// Every fact must be in the record; of the kinds in <see cref="Complete"/> the document must have all.
/// </summary>
/// <param name="Name">The path of the document below the bundle.</param>
/// <param name="Root">The root that the document carries; null is a finding of C10.</param>
public sealed record DocumentFacts(string Name, Digest? Root)
{
    /// <summary>The layer whose root the document carries: 1 for context.json and decision.json, 2 for what is written after the decision.</summary>
    public int Layer { get; init; } = 2;

    /// <summary>The JSON pointer (RFC 6901) of the root in the document.</summary>
    public string RootPointer { get; init; } = "";

    /// <summary>The facts that the document claims.</summary>
    public IReadOnlyList<ClaimedFact> Facts { get; init; } = [];

    /// <summary>The kinds of fact of which the document carries all of its layer and the layers before, for example <c>typeof(Tested)</c>.</summary>
    public IReadOnlyList<Type> Complete { get; init; } = [];

    /// <summary>What the document says about the decision, in part or whole; null when it says nothing.</summary>
    public DecisionClaim? Decision { get; init; }

    /// <summary>The commit of the proposal as the document gives it, or null when it does not.</summary>
    public string? HeadCommit { get; init; }

    /// <summary>The id of the trace as the document gives it, or null when it does not.</summary>
    public Guid? TraceId { get; init; }
}
