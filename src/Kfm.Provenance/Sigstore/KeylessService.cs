namespace Kfm.Provenance.Sigstore;

/// <summary>The services that take part in keyless signing.</summary>
public enum KeylessService
{
    /// <summary>The token of the identity provider.</summary>
    IdentityToken,

    /// <summary>The certificate authority, Fulcio.</summary>
    CertificateAuthority,

    /// <summary>The transparency log, Rekor.</summary>
    TransparencyLog,

    /// <summary>The timestamp authority.</summary>
    TimestampAuthority,
}
