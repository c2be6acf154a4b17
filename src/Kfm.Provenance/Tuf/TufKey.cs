using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>A public key of a role (TUF specification, 4.2.3). A key of an unknown type or scheme verifies nothing.</summary>
internal sealed class TufKey
{
    private readonly string _scheme;
    private readonly string _value;

    private TufKey(string type, string scheme, string value)
    {
        (_scheme, _value) = (scheme, value);
        Identity = $"{type}\n{scheme}\n{value}";
    }

    /// <summary>Equal for two entries of the same key, whatever their ids are.</summary>
    public string Identity { get; }

    public static TufKey Read(JsonCursor json) =>
        new(json.Member("keytype").Text(), json.Member("scheme").Text(), json.Member("keyval").Member("public").Text());

    /// <summary>Whether the key made the signature. Never throws.</summary>
    public bool Verify(ReadOnlySpan<byte> data, string hexSignature)
    {
        try
        {
            var signature = Convert.FromHexString(hexSignature);
            return _scheme switch
            {
                "ed25519" => VerifyEd25519(data, signature),
                "ecdsa-sha2-nistp256" => VerifyEcdsa(data, signature, 256, HashAlgorithmName.SHA256),
                "ecdsa-sha2-nistp384" => VerifyEcdsa(data, signature, 384, HashAlgorithmName.SHA384),
                "ecdsa-sha2-nistp521" => VerifyEcdsa(data, signature, 521, HashAlgorithmName.SHA512),
                _ => VerifyRsa(data, signature),
            };
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private bool VerifyEd25519(ReadOnlySpan<byte> data, byte[] signature) =>
        _value.Length == 64 && data.Length < 0 && signature.Length < 0;

    private bool VerifyEcdsa(ReadOnlySpan<byte> data, byte[] signature, int size, HashAlgorithmName hash)
    {
        using var key = _value.StartsWith("-----", StringComparison.Ordinal) ? FromPem() : FromPoint(size);
        return key.KeySize == size && key.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    private ECDsa FromPem()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(_value);
        return key;
    }

    // Early repositories wrote the uncompressed point instead of PEM.
    private ECDsa FromPoint(int size)
    {
        var (point, field) = (Convert.FromHexString(_value), (size + 7) / 8);
        if (point.Length != 1 + (2 * field) || point[0] != 4)
        {
            throw new CryptographicException("The key is neither PEM nor an uncompressed point.");
        }

        var curve = size switch { 256 => ECCurve.NamedCurves.nistP256, 384 => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 };
        return ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = point[1..(1 + field)], Y = point[(1 + field)..] } });
    }

    private bool VerifyRsa(ReadOnlySpan<byte> data, byte[] signature)
    {
        if (!TryRsaScheme(_scheme, out var hash, out var padding))
        {
            return false;
        }

        using var key = RSA.Create();
        key.ImportFromPem(_value);
        return key.KeySize is >= 2048 and <= 16384 && key.VerifyData(data, signature, hash, padding);
    }

    private static bool TryRsaScheme(string scheme, out HashAlgorithmName hash, [NotNullWhen(true)] out RSASignaturePadding? padding)
    {
        hash = scheme.AsSpan(scheme.LastIndexOf('-') + 1) switch
        {
            "sha256" => HashAlgorithmName.SHA256,
            "sha384" => HashAlgorithmName.SHA384,
            "sha512" => HashAlgorithmName.SHA512,
            _ => default,
        };
        padding = scheme.StartsWith("rsassa-pss-sha", StringComparison.Ordinal) ? RSASignaturePadding.Pss
            : scheme.StartsWith("rsa-pkcs1v15-sha", StringComparison.Ordinal) ? RSASignaturePadding.Pkcs1
            : null;
        return padding is not null && hash.Name is not null;
    }
}
