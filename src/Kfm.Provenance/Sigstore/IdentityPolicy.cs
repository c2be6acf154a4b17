namespace Kfm.Provenance.Sigstore;

/// <summary>Accepts signers by the certificates that an authority of the trusted root gave them.</summary>
public sealed class IdentityPolicy : VerificationPolicy
{
    /// <summary>Accepts the signers of some identities.</summary>
    /// <param name="identities">The identities, at least one; a signer needs to be one of them.</param>
    /// <exception cref="ArgumentException">There is no identity.</exception>
    public IdentityPolicy(params IReadOnlyList<CertificateIdentity> identities)
        : base(times: 1)
    {
        ArgumentNullException.ThrowIfNull(identities);
        Identities = identities.Count > 0 ? [.. identities] : throw new ArgumentException("Name at least one identity.", nameof(identities));
    }

    private IdentityPolicy()
        : base(times: 1) => Identities = [];

    /// <summary>Accepts whoever got a certificate, that is everyone: only for callers that look at the identity themselves.</summary>
    /// <returns>A policy without identities.</returns>
    public static IdentityPolicy UnsafeAnyIdentity() => new();

    /// <summary>The accepted identities; empty for <see cref="UnsafeAnyIdentity"/>.</summary>
    public IReadOnlyList<CertificateIdentity> Identities { get; }

    /// <summary>How many certificate logs must have logged the certificate; 1 unless said otherwise. 0 is for instances that run none.</summary>
    public int CertificateTimestampThreshold { get; init; } = 1;
}
