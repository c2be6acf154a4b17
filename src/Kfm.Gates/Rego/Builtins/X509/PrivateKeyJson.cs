using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using Kfm.Provenance.Signing;

namespace Kfm.Gates.Rego.Builtins.X509;

/// <summary>A private key as a JSON Web Key (RFC 7517), and as Go's JSON encoder writes it.</summary>
internal sealed class PrivateKeyJson
{
    private PrivateKeyJson(RegoObject webKey, RegoValue go, byte[] publicKey) => (WebKey, Go, PublicKey) = (webKey, go, publicKey);

    public RegoObject WebKey { get; }

    public RegoValue Go { get; }

    /// <summary>The subject public key in DER.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The private keys of a PEM text, in order; other blocks are passed over.</summary>
    /// <exception cref="CryptographicException">A block is not the key that its label says.</exception>
    public static List<PrivateKeyJson> ReadAll(string pem) =>
        [.. PemBlocks.All(pem).Select(b => Read(b.Label, b.Content)).OfType<PrivateKeyJson>()];

    public static PrivateKeyJson? Read(string label, byte[] content)
    {
        switch (label)
        {
            case "RSA PRIVATE KEY":
                using (var rsa = RSA.Create())
                {
                    rsa.ImportRSAPrivateKey(content, out _);
                    return OfRsa(rsa);
                }

            case "EC PRIVATE KEY":
                using (var curve = ECDsa.Create())
                {
                    curve.ImportECPrivateKey(content, out _);
                    return OfCurve(curve);
                }

            case "PRIVATE KEY":
                return OfPkcs8(content);
            default:
                return null;
        }
    }

    private static PrivateKeyJson OfPkcs8(byte[] content)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(content, out _);
            return OfRsa(rsa);
        }
        catch (CryptographicException)
        {
            // It is a key of another kind.
        }

        try
        {
            using var curve = ECDsa.Create();
            curve.ImportPkcs8PrivateKey(content, out _);
            return OfCurve(curve);
        }
        catch (CryptographicException)
        {
            return OfEd25519(content);
        }
    }

    private static PrivateKeyJson OfEd25519(byte[] content)
    {
        // RFC 8410, 7: the 32 bytes of the seed stand in an octet string within the octet string of the key.
        var info = new System.Formats.Asn1.AsnReader(content, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        _ = info.ReadInteger();
        var oid = info.ReadSequence().ReadObjectIdentifier();
        var seed = new System.Formats.Asn1.AsnReader(info.ReadOctetString(), System.Formats.Asn1.AsnEncodingRules.DER).ReadOctetString();
        if (oid != "1.3.101.112" || seed.Length != 32)
        {
            throw new CryptographicException("The key is neither RSA, ECDSA nor Ed25519.");
        }

        using var key = Ed25519SigningKey.FromSeed(seed);
        var point = key.PublicKey.Der.Span[^32..].ToArray();
        var web = WebKeyOf(("kty", "OKP"), ("crv", "Ed25519"), ("d", Url(seed)), ("x", Url(point)));
        return new PrivateKeyJson(web, RegoValue.Of(Convert.ToBase64String([.. seed, .. point])), key.PublicKey.Der.ToArray());
    }

    private static PrivateKeyJson OfRsa(RSA rsa)
    {
        var p = rsa.ExportParameters(includePrivateParameters: true);
        var web = WebKeyOf(
            ("kty", "RSA"), ("n", Trim(p.Modulus)), ("e", Trim(p.Exponent)), ("d", Trim(p.D)), ("p", Trim(p.P)), ("q", Trim(p.Q)), ("dp", Trim(p.DP)),
            ("dq", Trim(p.DQ)), ("qi", Trim(p.InverseQ)));
        var inner = new GoJson();
        inner.Number("Dp", Int(p.DP));
        inner.Number("Dq", Int(p.DQ));
        inner.Number("Qinv", Int(p.InverseQ));
        inner.Add("CRTValues", RegoArray.Empty);
        var json = new GoJson();
        json.Number("N", Int(p.Modulus));
        json.Number("E", Int(p.Exponent));
        json.Number("D", Int(p.D));
        json.List("Primes", [RegoNumber.Of(Int(p.P)), RegoNumber.Of(Int(p.Q))]);
        json.Add("Precomputed", inner.ToObject());
        return new PrivateKeyJson(web, json.ToObject(), rsa.ExportSubjectPublicKeyInfo());
    }

    private static PrivateKeyJson OfCurve(ECDsa curve)
    {
        var p = curve.ExportParameters(includePrivateParameters: true);
        var name = curve.KeySize switch { 256 => "P-256", 384 => "P-384", _ => "P-521" };
        var web = WebKeyOf(("kty", "EC"), ("crv", name), ("x", Url(p.Q.X!)), ("y", Url(p.Q.Y!)), ("d", Url(p.D!)));
        var json = new GoJson();
        json.Add("Curve", RegoObject.Empty);
        json.Number("X", Int(p.Q.X));
        json.Number("Y", Int(p.Q.Y));
        json.Number("D", Int(p.D));
        return new PrivateKeyJson(web, json.ToObject(), curve.ExportSubjectPublicKeyInfo());
    }

    private static RegoObject WebKeyOf(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var json = new GoJson();
        foreach (var (name, value) in members)
        {
            json.Text(name, value);
        }

        return json.ToObject();
    }

    private static BigInteger Int(byte[]? bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static string Trim(byte[]? bytes) => Url(bytes!.SkipWhile(b => b == 0).ToArray());

    private static string Url(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
