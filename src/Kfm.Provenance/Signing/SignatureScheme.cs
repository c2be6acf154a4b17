namespace Kfm.Provenance.Signing;

/// <summary>How a key signs: the algorithm with its hash. The key says the kind, the caller may choose among what fits it.</summary>
public enum SignatureScheme
{
    /// <summary>ECDSA over P-256 with SHA-256 (FIPS 186-5), the default of such keys.</summary>
    EcdsaP256Sha256,

    /// <summary>ECDSA over P-256 with SHA-512.</summary>
    EcdsaP256Sha512,

    /// <summary>ECDSA over P-384 with SHA-384, the default of such keys.</summary>
    EcdsaP384Sha384,

    /// <summary>ECDSA over P-384 with SHA-256.</summary>
    EcdsaP384Sha256,

    /// <summary>ECDSA over P-384 with SHA-512.</summary>
    EcdsaP384Sha512,

    /// <summary>ECDSA over P-521 with SHA-512, the default of such keys.</summary>
    EcdsaP521Sha512,

    /// <summary>Ed25519 (RFC 8032, 5.1), the only scheme of such keys.</summary>
    Ed25519,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2), the default of RSA keys as it is in cosign.</summary>
    RsaPkcs1Sha256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384.</summary>
    RsaPkcs1Sha384,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512.</summary>
    RsaPkcs1Sha512,

    /// <summary>RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 8017, 8.1).</summary>
    RsaPssSha256,

    /// <summary>RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes.</summary>
    RsaPssSha384,

    /// <summary>RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a salt of 64 bytes.</summary>
    RsaPssSha512,
}
