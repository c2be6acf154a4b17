namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>The contents octets of the object identifiers that are known, so that they are compared without decoding.</summary>
internal static class ObjectId
{
    /// <summary>1.2.840.10045.4.3.x: ecdsa-with-SHA256, -SHA384, -SHA512 for x = 2, 3, 4 (RFC 5758, 3.2).</summary>
    public static ReadOnlySpan<byte> EcdsaWithSha2 => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03];

    /// <summary>1.2.840.113549.1.1.x: rsaEncryption for x = 1, with SHA-256, -384, -512 for x = 11, 12, 13 (RFC 8017, A).</summary>
    public static ReadOnlySpan<byte> Pkcs1 => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];

    /// <summary>1.3.101.112 (RFC 8410, 3).</summary>
    public static ReadOnlySpan<byte> Ed25519 => [0x2b, 0x65, 0x70];

    /// <summary>1.2.840.10045.2.1 (RFC 5480, 2.1.1).</summary>
    public static ReadOnlySpan<byte> EcPublicKey => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

    public static ReadOnlySpan<byte> P256 => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

    public static ReadOnlySpan<byte> P384 => [0x2b, 0x81, 0x04, 0x00, 0x22];

    public static ReadOnlySpan<byte> P521 => [0x2b, 0x81, 0x04, 0x00, 0x23];

    /// <summary>2.16.840.1.101.3.4.2.x: SHA-256, -384, -512 for x = 1, 2, 3.</summary>
    public static ReadOnlySpan<byte> Sha2 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02];

    /// <summary>2.5.29.x, the extensions of certificates (RFC 5280, 4.2.1).</summary>
    public static ReadOnlySpan<byte> CertificateExtension => [0x55, 0x1d];

    /// <summary>1.3.6.1.5.5.7.3.3 and .8: codeSigning and timeStamping (RFC 5280, 4.2.1.12).</summary>
    public static ReadOnlySpan<byte> KeyPurpose => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03];

    /// <summary>1.3.6.1.4.1.11129.2.4.2: the list of embedded SCTs (RFC 6962, 3.3).</summary>
    public static ReadOnlySpan<byte> SctList => [0x2b, 0x06, 0x01, 0x04, 0x01, 0xd6, 0x79, 0x02, 0x04, 0x02];

    /// <summary>1.3.6.1.4.1.57264.1: the claims of Fulcio, one arc below.</summary>
    public static ReadOnlySpan<byte> FulcioClaim => [0x2b, 0x06, 0x01, 0x04, 0x01, 0x83, 0xbf, 0x30, 0x01];

    /// <summary>1.2.840.113549.1.7.2 (RFC 5652, 5.1).</summary>
    public static ReadOnlySpan<byte> SignedData => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

    /// <summary>1.2.840.113549.1.9.16.1.4 (RFC 3161, 2.4.2).</summary>
    public static ReadOnlySpan<byte> TimestampInfo => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];

    /// <summary>1.2.840.113549.1.9.3 and .4: the attributes contentType and messageDigest (RFC 5652, 11).</summary>
    public static ReadOnlySpan<byte> Pkcs9 => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09];

    /// <summary>1.2.840.113549.1.9.16.2.12 and .47: signingCertificate and its version 2 (RFC 5035).</summary>
    public static ReadOnlySpan<byte> SmimeAttribute => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02];

    /// <summary>The last arc below a known one; -1 when the identifier is not one octet below it.</summary>
    public static int Below(this ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> arc) =>
        identifier.Length == arc.Length + 1 && identifier.StartsWith(arc) && identifier[^1] < 0x80 ? identifier[^1] : -1;
}
