using System.Formats.Asn1;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>A subject public key, with the numbers of Go's enumeration of algorithms.</summary>
internal static class PublicKeyJson
{
    private const int Unknown = 0;
    private const int Rsa = 1;
    private const int Ecdsa = 3;
    private const int Ed25519 = 4;

    public static void Add(GoJson json, ReadOnlyMemory<byte> encoded)
    {
        json.Bytes("RawSubjectPublicKeyInfo", encoded);
        var info = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var bits = info.ReadBitString(out _);
        var (number, key) = oid switch
        {
            "1.2.840.113549.1.1.1" => (Rsa, OfRsa(bits)),
            "1.2.840.10045.2.1" => (Ecdsa, OfPoint(bits)),
            "1.3.101.112" => (Ed25519, RegoValue.Of(Convert.ToBase64String(bits))),
            _ => (Unknown, RegoValue.Null),
        };
        json.Number("PublicKeyAlgorithm", number);
        json.Add("PublicKey", key);
    }

    private static RegoObject OfRsa(byte[] bits)
    {
        var sequence = new AsnReader(bits, AsnEncodingRules.DER).ReadSequence();
        var json = new GoJson();
        json.Number("N", sequence.ReadInteger());
        json.Number("E", sequence.ReadInteger());
        return json.ToObject();
    }

    // The curve has no exported members, so that its JSON is empty.
    private static RegoObject OfPoint(byte[] bits)
    {
        if (bits.Length < 3 || bits[0] != 4 || bits.Length % 2 == 0)
        {
            throw new AsnContentException("The key is not an uncompressed point.");
        }

        var half = (bits.Length - 1) / 2;
        var json = new GoJson();
        json.Add("Curve", RegoObject.Empty);
        json.Number("X", new BigInteger(bits.AsSpan(1, half), isUnsigned: true, isBigEndian: true));
        json.Number("Y", new BigInteger(bits.AsSpan(1 + half), isUnsigned: true, isBigEndian: true));
        return json.ToObject();
    }
}
