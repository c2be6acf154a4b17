namespace Kfm.Provenance.Slsa;

/// <summary>What a verification summary must say (SLSA 1.1, Verification Summary Attestation, how to verify).</summary>
public sealed record VsaExpectations
{
    /// <summary>The digests that must be among the subjects, each written <c>algorithm:value</c>; at least one.</summary>
    public required IReadOnlyList<string> SubjectDigests { get; init; }

    /// <summary>The identity of the verifier. Trust is in pairs of key and verifier: no key speaks for every verifier.</summary>
    public required string VerifierId { get; init; }

    /// <summary>The URI of the resource.</summary>
    public required string ResourceUri { get; init; }

    /// <summary>The levels that must have been reached: of a SLSA track at least, others exactly.</summary>
    public IReadOnlyList<string> VerifiedLevels { get; init; } = [];
}
