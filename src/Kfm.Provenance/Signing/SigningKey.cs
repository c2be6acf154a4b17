namespace Kfm.Provenance.Signing;

/// <summary>A private key that signs. A key that lives in hardware or in a key service derives from this.</summary>
public abstract class SigningKey
{
    /// <summary>The public half, by which others verify.</summary>
    public abstract VerificationKey PublicKey { get; }

    /// <summary>The name of the key: the lower-case hexadecimal SHA-256 of its SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) in DER.</summary>
    public string KeyId => PublicKey.KeyId;

    /// <summary>Signs <paramref name="data"/> with ECDSA over P-256 and SHA-256 (FIPS 186-5).</summary>
    /// <param name="data">The bytes to sign, not their hash.</param>
    /// <returns>The signature as a DER sequence of r and s (RFC 3279, 2.2.3).</returns>
    public abstract byte[] Sign(ReadOnlySpan<byte> data);
}
