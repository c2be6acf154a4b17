using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>What a document that is not a projection says about the decision; a member that the document does not carry stays null.</summary>
public sealed record DecisionClaim
{
    /// <summary>The verdict.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The reasons, in the order of the document.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>The digest of the policies.</summary>
    public Digest? PolicySet { get; init; }

    /// <summary>The digest of context.json.</summary>
    public Digest? Input { get; init; }

    /// <summary>The digest of decision.json.</summary>
    public Digest? Decision { get; init; }

    /// <summary>The JSON pointer (RFC 6901) of the decision in the document.</summary>
    public string Pointer { get; init; } = "";
}
