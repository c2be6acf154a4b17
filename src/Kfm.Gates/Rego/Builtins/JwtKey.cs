using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>A key that verifies tokens: of a PEM certificate or public key, a JSON Web Key or a set of them (RFC 7517), or a shared secret.</summary>
internal sealed class JwtKey
{
    private RSAParameters? _rsa;
    private ECParameters? _curve;
    private byte[]? _secret;
    private byte[]? _edwards;
    private byte[]? _seed;

    internal const string EdDsa = "EdDSA";
    private const string Ed25519Oid = "1.3.101.112";

    internal string? Id { get; private init; }

    internal string? Algorithm { get; private init; }

    internal static JwtKey OfSecret(string secret) => new() { _secret = Encoding.UTF8.GetBytes(secret) };

    internal static List<JwtKey> Read(string builtin, string text)
    {
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal) || !PemEncoding.TryFind(text, out var fields))
        {
            return ReadJson(text) ?? throw BuiltinException.Failed(builtin, "failed to parse a JWK key (set)");
        }

        if (text.AsSpan(fields.Location.End.Value).Trim().Length > 0)
        {
            throw BuiltinException.Failed(builtin, "extra data after a PEM certificate block");
        }

        var bytes = Convert.FromBase64String(text[fields.Base64Data]);
        try
        {
            return text[fields.Label] switch
            {
                "CERTIFICATE" => [OfCertificate(bytes)],
                "PUBLIC KEY" => [OfPublicKey(PublicKey.CreateFromSubjectPublicKeyInfo(bytes, out _))],
                _ => throw BuiltinException.Failed(builtin, "failed to extract a Key from the PEM certificate"),
            };
        }
        catch (CryptographicException)
        {
            throw BuiltinException.Failed(builtin, "failed to parse a PEM certificate");
        }
    }

    /// <summary>Whether a signature by an algorithm of RFC 7518, section 3.1, is by this key. A key of another kind never is.</summary>
    internal bool Verifies(string algorithm, byte[] signed, byte[] signature)
    {
        if (algorithm == EdDsa)
        {
            return _edwards is not null && VerifyEdwards(_edwards, signed, signature);
        }

        if (algorithm.Length != 5 || Hash(algorithm[2..]) is not { } hash)
        {
            return false;
        }

        try
        {
            return algorithm[..2] switch
            {
                "RS" => _rsa is { } key && VerifyRsa(key, signed, signature, hash, RSASignaturePadding.Pkcs1),
                "PS" => _rsa is { } key && VerifyRsa(key, signed, signature, hash, RSASignaturePadding.Pss),
                "ES" => _curve is { } curve && VerifyCurve(curve, signed, signature, hash),
                "HS" => _secret is { } secret && CryptographicOperations.FixedTimeEquals(CryptographicOperations.HmacData(hash, secret, signed), signature),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The signature by an algorithm of RFC 7518, section 3.1, or EdDSA; null when the key is of another kind or has no private part.</summary>
    /// <exception cref="CryptographicException">The private key is not one.</exception>
    internal byte[]? Sign(string algorithm, byte[] signed)
    {
        if (algorithm == EdDsa)
        {
            return _seed is { Length: 32 } seed ? SignEdwards(seed, signed) : null;
        }

        if (algorithm.Length != 5 || Hash(algorithm[2..]) is not { } hash)
        {
            return null;
        }

        return algorithm[..2] switch
        {
            "RS" => _rsa is { D: not null } key ? SignRsa(key, signed, hash, RSASignaturePadding.Pkcs1) : null,
            "PS" => _rsa is { D: not null } key ? SignRsa(key, signed, hash, RSASignaturePadding.Pss) : null,
            "ES" => _curve is { D: not null } curve ? SignCurve(curve, signed, hash) : null,
            "HS" => _secret is { } secret ? CryptographicOperations.HmacData(hash, secret, signed) : null,
            _ => null,
        };
    }

    private static byte[] SignEdwards(byte[] seed, byte[] signed)
    {
        using var key = Ed25519SigningKey.FromSeed(seed);
        return key.Sign(signed);
    }

    private static byte[] SignRsa(RSAParameters parameters, byte[] signed, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create(parameters);
        return rsa.SignData(signed, hash, padding);
    }

    private static byte[] SignCurve(ECParameters parameters, byte[] signed, HashAlgorithmName hash)
    {
        using var curve = ECDsa.Create(parameters);
        return curve.SignData(signed, hash);
    }

    private static bool VerifyEdwards(byte[] key, byte[] signed, byte[] signature)
    {
        try
        {
            return VerificationKey.FromEd25519(key).Verify(signed, signature);
        }
        catch (KeyFormatException)
        {
            return false;
        }
    }

    private static HashAlgorithmName? Hash(string size) => size switch
    {
        "256" => HashAlgorithmName.SHA256,
        "384" => HashAlgorithmName.SHA384,
        "512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static bool VerifyRsa(RSAParameters parameters, byte[] signed, byte[] signature, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create(parameters);
        return rsa.VerifyData(signed, signature, hash, padding);
    }

    private static bool VerifyCurve(ECParameters parameters, byte[] signed, byte[] signature, HashAlgorithmName hash)
    {
        using var curve = ECDsa.Create(parameters);
        return curve.VerifyData(signed, signature, hash);
    }

    private static JwtKey OfCertificate(byte[] bytes)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(bytes);
        return OfPublicKey(certificate.PublicKey);
    }

    private static JwtKey OfPublicKey(PublicKey key)
    {
        using var rsa = key.GetRSAPublicKey();
        using var curve = rsa is null ? key.GetECDsaPublicKey() : null;
        return new JwtKey
        {
            _rsa = rsa?.ExportParameters(false),
            _curve = curve?.ExportParameters(false),
            _edwards = string.Equals(key.Oid.Value, Ed25519Oid, StringComparison.Ordinal) ? key.EncodedKeyValue.RawData : null,
        };
    }

    private static List<JwtKey>? ReadJson(string text)
    {
        try
        {
            var root = RegoValue.Parse(Encoding.UTF8.GetBytes(text)) as RegoObject;
            RegoValue?[] keys = root?.Member("keys") is RegoArray set ? [.. set.Items] : [root];
            var read = keys.Select(key => key is RegoObject obj ? OfJson(obj) : null).ToList();
            return read.Count == 0 || read.Contains(null) ? null : [.. read.Select(key => key!)];
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    private static JwtKey? OfJson(RegoObject json)
    {
        var (id, algorithm) = (Text(json, "kid"), Text(json, "alg"));
        switch (Text(json, "kty"))
        {
            case "RSA" when Bytes(json, "n") is { } modulus && Bytes(json, "e") is { } exponent:
                return new JwtKey { Id = id, Algorithm = algorithm, _rsa = Rsa(json, modulus, exponent) };
            case "EC" when Curve(Text(json, "crv")) is { } curve && Bytes(json, "x") is { } x && Bytes(json, "y") is { } y:
                return new JwtKey { Id = id, Algorithm = algorithm, _curve = new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y }, D = Bytes(json, "d") } };
            case "oct" when Bytes(json, "k") is { } secret:
                return new JwtKey { Id = id, Algorithm = algorithm, _secret = secret };
            case "OKP" when Text(json, "crv") == "Ed25519" && Bytes(json, "x") is { } point:
                return new JwtKey { Id = id, Algorithm = algorithm, _edwards = point, _seed = Bytes(json, "d") };
            default:
                return null;
        }
    }

    // RFC 7518, 6.3.2: all parts of a private key, or none.
    private static RSAParameters Rsa(RegoObject json, byte[] modulus, byte[] exponent)
    {
        var half = (modulus.Length + 1) / 2;
        var (d, p, q) = (Sized(json, "d", modulus.Length), Sized(json, "p", half), Sized(json, "q", half));
        var (dp, dq, inverse) = (Sized(json, "dp", half), Sized(json, "dq", half), Sized(json, "qi", half));
        return d is null || p is null || q is null || dp is null || dq is null || inverse is null
            ? new RSAParameters { Modulus = modulus, Exponent = exponent }
            : new RSAParameters { Modulus = modulus, Exponent = exponent, D = d, P = p, Q = q, DP = dp, DQ = dq, InverseQ = inverse };
    }

    // The platform wants every part in its full length; a JSON Web Key leaves leading zeros out.
    private static byte[]? Sized(RegoObject json, string name, int length) => Bytes(json, name) is { } bytes && bytes.Length <= length
        ? [.. new byte[length - bytes.Length], .. bytes]
        : null;

    private static ECCurve? Curve(string? name) => name switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    private static string? Text(RegoObject json, string name) => (json.Member(name) as RegoString)?.Text;

    private static byte[]? Bytes(RegoObject json, string name) => Text(json, name) is { } text ? JwtToken.TryDecode(text.TrimEnd('=')) : null;
}
