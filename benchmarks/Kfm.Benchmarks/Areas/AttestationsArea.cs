using System.Security.Cryptography;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Signing;

namespace Kfm.Benchmarks.Areas;

/// <summary>Signatures and envelopes: Ed25519 in managed code beside ECDSA P-256 of the platform.</summary>
public sealed class AttestationsArea : Area
{
    private const int PayloadLength = 10_000;

    /// <inheritdoc/>
    public override string Name => "attestations";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure() => [.. Signatures(), .. Envelopes()];

    private static IEnumerable<Row> Signatures()
    {
        var data = new byte[200];
        using var key = Ed25519SigningKey.FromSeed(new byte[32]);
        using var platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (signature, der) = (key.Sign(data), platform.SignData(data, HashAlgorithmName.SHA256));
        var verify = Measurement.Of(() => key.PublicKey.Verify(data, signature));
        var platformVerify = Measurement.Of(() => platform.VerifyData(data, der, HashAlgorithmName.SHA256));
        yield return Microseconds("Ed25519 verify", verify, platformVerify, "ECDSA P-256 verify of the platform");
        yield return new("Ed25519 verify", verify.Nanoseconds / 1e3, "us", 109, "OpenSSL Ed25519 verify, recorded 2026-11-21");
        yield return new("Ed25519 verify, allocated", verify.AllocatedBytes, "B/op");

        var sign = Measurement.Of(() => key.Sign(data));
        var platformSign = Measurement.Of(() => platform.SignData(data, HashAlgorithmName.SHA256));
        yield return Microseconds("Ed25519 sign, constant time", sign, platformSign, "ECDSA P-256 sign of the platform");
        yield return new("Ed25519 sign, allocated", sign.AllocatedBytes, "B/op");

        var info = key.PublicKey.Der.ToArray();
        var p256 = platform.ExportSubjectPublicKeyInfo();
        var read = Measurement.Of(() => VerificationKey.FromDer(info));
        var import = Measurement.Of(() =>
        {
            using var other = ECDsa.Create();
            other.ImportSubjectPublicKeyInfo(p256, out _);
        });
        yield return Microseconds("Ed25519 key read", read, import, "P-256 key import of the platform");
    }

    private static IEnumerable<Row> Envelopes()
    {
        using var key = Ed25519SigningKey.FromSeed(new byte[32]);
        using var ecdsa = EcdsaSigningKey.Create();
        var payload = new byte[PayloadLength];
        foreach (var (name, signer) in new (string, LocalSigningKey)[] { ("Ed25519", key), ("ECDSA P-256", ecdsa) })
        {
            var text = DsseEnvelope.Sign(Statement.PayloadType, payload, signer).ToJson();
            var whole = Measurement.Of(() => DsseEnvelope.Parse(text).Verify([signer.PublicKey]));
            yield return new($"DSSE parse and verify, {name}, 10 kB", whole.Nanoseconds / 1e3, "us");
            yield return new($"DSSE parse and verify, {name}, allocated", whole.AllocatedBytes, "B/op");
        }
    }

    private static Row Microseconds(string name, Measurement ours, Measurement baseline, string baselineName) =>
        new(name, ours.Nanoseconds / 1e3, "us", baseline.Nanoseconds / 1e3, baselineName);
}
