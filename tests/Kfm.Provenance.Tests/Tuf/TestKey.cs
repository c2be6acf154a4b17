using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Tests.Tuf;

/// <summary>A signing key of a simulated repository.</summary>
internal sealed class TestKey
{
    private readonly Func<byte[], byte[]> _sign;
    private readonly string _type;
    private readonly string _public;

    public TestKey(string scheme = "ecdsa-sha2-nistp256")
    {
        Scheme = scheme;
        var hash = scheme[^3..] switch { "384" => HashAlgorithmName.SHA384, "521" or "512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        if (scheme == "ed25519")
        {
            var key = Ed25519SigningKey.Create();
            (_type, _public) = ("ed25519", Convert.ToHexStringLower(key.PublicKey.Der.Span[^32..]));
            _sign = data => key.Sign(data);
        }
        else if (scheme.StartsWith("ecdsa", StringComparison.Ordinal))
        {
            var curve = scheme[^3..] switch { "256" => ECCurve.NamedCurves.nistP256, "384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 };
            var key = ECDsa.Create(curve);
            (_type, _public) = ("ecdsa", key.ExportSubjectPublicKeyInfoPem());
            _sign = data => key.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence);
        }
        else
        {
            var key = RSA.Create(2048);
            (_type, _public) = ("rsa", key.ExportSubjectPublicKeyInfoPem());
            var padding = scheme.StartsWith("rsassa-pss", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
            _sign = data => key.SignData(data, hash, padding);
        }

        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scheme + _public)));
    }

    public string Scheme { get; }

    public string Id { get; }

    public JsonObject ToJson() => new() { ["keytype"] = _type, ["scheme"] = Scheme, ["keyval"] = new JsonObject { ["public"] = _public } };

    public string Sign(byte[] data) => Convert.ToHexStringLower(_sign(data));
}
