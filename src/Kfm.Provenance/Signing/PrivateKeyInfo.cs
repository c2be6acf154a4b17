using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>Reads PKCS#8 keys (RFC 5958) of the supported kinds.</summary>
internal static class PrivateKeyInfo
{
    private static readonly byte[] Ed25519Head = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    public static LocalSigningKey Read(byte[] der, SignatureScheme? scheme)
    {
        var (algorithm, content) = Open(der);
        try
        {
            return algorithm switch
            {
                PublicKeyInfo.EcPublicKey => EcdsaSigningKey.Read(der, scheme),
                PublicKeyInfo.RsaEncryption => RsaSigningKey.Read(der, scheme),
                PublicKeyInfo.Ed25519 => ReadEd25519(content, scheme),
                _ => throw new KeyFormatException($"Keys of the algorithm {algorithm} are not supported; give one of ECDSA, RSA or Ed25519."),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The PKCS#8 form of an Ed25519 key (RFC 8410, 7), without the public key.</summary>
    public static byte[] OfEd25519(ReadOnlySpan<byte> seed) => [.. Ed25519Head, .. seed];

    private static (string Algorithm, byte[] Content) Open(byte[] der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.BER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            info.ReadInteger();
            return (info.ReadSequence().ReadObjectIdentifier(), info.ReadOctetString());
        }
        catch (AsnContentException e)
        {
            throw new KeyFormatException("This is not a PKCS#8 key.", e);
        }
    }

    private static Ed25519SigningKey ReadEd25519(byte[] content, SignatureScheme? scheme)
    {
        SchemeTable.Choose(SchemeTable.OfEd25519, scheme);
        try
        {
            var reader = new AsnReader(content, AsnEncodingRules.DER);
            var seed = reader.ReadOctetString();
            reader.ThrowIfNotEmpty();
            var key = Ed25519SigningKey.FromSeed(seed);
            CryptographicOperations.ZeroMemory(seed);
            return key;
        }
        catch (AsnContentException e)
        {
            throw new KeyFormatException("The Ed25519 key does not hold its seed (RFC 8410, 7).", e);
        }
    }
}
