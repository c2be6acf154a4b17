using System.Security.Cryptography;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Tuf;

/// <summary>A public key of a role (TUF specification, 4.2.3). A key of an unknown type or scheme, or one that cannot be read, verifies nothing.</summary>
internal sealed class TufKey
{
    private readonly VerificationKey? _key;

    private TufKey(VerificationKey? key) => _key = key;

    /// <summary>Equal for two entries of the same key, whatever their ids and encodings are.</summary>
    public string Identity => _key?.KeyId ?? "";

    public static TufKey Read(JsonCursor json)
    {
        _ = json.Member("keytype").Text();
        var (scheme, value) = (json.Member("scheme").Text(), json.Member("keyval").Member("public").Text());
        try
        {
            return new TufKey(Read(scheme, value));
        }
        catch (Exception e) when (e is KeyFormatException or FormatException or CryptographicException)
        {
            return new TufKey(null);
        }
    }

    /// <summary>Whether the key made the signature. Never throws.</summary>
    public bool Verify(ReadOnlySpan<byte> data, string hexSignature)
    {
        try
        {
            return _key?.Verify(data, Convert.FromHexString(hexSignature)) is true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static VerificationKey? Read(string scheme, string value) => scheme switch
    {
        "ed25519" => VerificationKey.FromEd25519(Convert.FromHexString(value)),
        "ecdsa-sha2-nistp256" => Ecdsa(value, SignatureScheme.EcdsaP256Sha256, ECCurve.NamedCurves.nistP256),
        "ecdsa-sha2-nistp384" => Ecdsa(value, SignatureScheme.EcdsaP384Sha384, ECCurve.NamedCurves.nistP384),
        "ecdsa-sha2-nistp521" => Ecdsa(value, SignatureScheme.EcdsaP521Sha512, ECCurve.NamedCurves.nistP521),
        "rsassa-pss-sha256" => VerificationKey.FromPem(value, SignatureScheme.RsaPssSha256),
        "rsassa-pss-sha384" => VerificationKey.FromPem(value, SignatureScheme.RsaPssSha384),
        "rsassa-pss-sha512" => VerificationKey.FromPem(value, SignatureScheme.RsaPssSha512),
        "rsa-pkcs1v15-sha256" => VerificationKey.FromPem(value, SignatureScheme.RsaPkcs1Sha256),
        "rsa-pkcs1v15-sha384" => VerificationKey.FromPem(value, SignatureScheme.RsaPkcs1Sha384),
        "rsa-pkcs1v15-sha512" => VerificationKey.FromPem(value, SignatureScheme.RsaPkcs1Sha512),
        _ => null,
    };

    private static VerificationKey? Ecdsa(string value, SignatureScheme scheme, ECCurve curve)
    {
        var key = value.StartsWith("-----", StringComparison.Ordinal) ? VerificationKey.FromPem(value) : VerificationKey.FromDer(FromPoint(value, curve));
        return key.Scheme == scheme ? key : null;
    }

    // Early repositories wrote the uncompressed point instead of PEM.
    private static byte[] FromPoint(string value, ECCurve curve)
    {
        var point = Convert.FromHexString(value);
        if (point.Length < 65 || point.Length % 2 == 0 || point[0] != 4)
        {
            throw new KeyFormatException("The key is neither PEM nor an uncompressed point.");
        }

        var half = 1 + (point.Length / 2);
        using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = point[1..half], Y = point[half..] } });
        return key.ExportSubjectPublicKeyInfo();
    }
}
