using System.Formats.Asn1;
using Kfm.Provenance.Signing.Edwards25519;

namespace Kfm.Provenance.Signing;

/// <summary>Reads SubjectPublicKeyInfo (RFC 5280, 4.1.2.7) of the supported kinds, in the one encoding that each has.</summary>
internal static class PublicKeyInfo
{
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string Ed25519 = "1.3.101.112";
    private const int MaxBytes = 4096;
    private static readonly byte[] Ed25519Head = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    public static PublicKeyAlgorithm Read(ReadOnlyMemory<byte> der, SignatureScheme? scheme)
    {
        if (der.Length > MaxBytes)
        {
            throw new KeyFormatException($"The key has more than {MaxBytes} bytes.");
        }

        return Algorithm(der) switch
        {
            EcPublicKey => EcdsaPublicKey.Read(der.Span, scheme),
            RsaEncryption => RsaPublicKey.Read(der.Span, scheme),
            Ed25519 => ReadEd25519(der.Span, scheme),
            var other => throw new KeyFormatException($"Keys of the algorithm {other} are not supported; give one of ECDSA, RSA or Ed25519."),
        };
    }

    /// <summary>The SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, 4).</summary>
    public static byte[] OfEd25519(ReadOnlySpan<byte> key) => [.. Ed25519Head, .. key];

    private static string Algorithm(ReadOnlyMemory<byte> der)
    {
        try
        {
            return new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException e)
        {
            throw new KeyFormatException("This is not a SubjectPublicKeyInfo in DER.", e);
        }
    }

    private static Ed25519Algorithm ReadEd25519(ReadOnlySpan<byte> der, SignatureScheme? scheme)
    {
        if (!der.StartsWith(Ed25519Head) || Ed25519PublicKey.TryRead(der[Ed25519Head.Length..]) is not { } key)
        {
            throw new KeyFormatException("This is not the DER SubjectPublicKeyInfo of an Ed25519 key, or its point is not one that keys have.");
        }

        SchemeTable.Choose(SchemeTable.OfEd25519, scheme);
        return new Ed25519Algorithm(key);
    }
}
