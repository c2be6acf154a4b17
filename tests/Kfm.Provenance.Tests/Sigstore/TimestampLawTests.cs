using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Timestamps;
using Kfm.Provenance.Sigstore.Trust;
using Kfm.Provenance.Tests.Sigstore.Instances;

namespace Kfm.Provenance.Tests.Sigstore;

public sealed class TimestampLawTests
{
    private static readonly byte[] Signature = [1, 2, 3];

    [Fact]
    public void Changed_timestamp_is_accepted_only_when_the_platform_accepts_it()
    {
        using var issuer = new CertificateIssuer(TimeProvider.System);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var certificate = issuer.IssueTimestampSigner(key);
        var stamp = new TimestampSigner(certificate, TimeProvider.System).Stamp(SHA256.HashData(Signature));
        var chain = new AuthorityChain([CertificateReader.Read(certificate.RawData), CertificateReader.Read(issuer.Root.RawData)]);
        var verifier = new TimestampVerifier([new CertificateAuthority("test", chain, new(DateTimeOffset.UnixEpoch, null))]);

        bool Ours(byte[] der) => verifier.Verify(der, Signature, out _) is null;

        Assert.True(Ours(stamp) && Platform(stamp));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll<int, byte>((place, bits) =>
        {
            var changed = (byte[])stamp.Clone();
            changed[(uint)place % (uint)changed.Length] ^= bits;

            // This reader is the stricter one: what it accepts, the platform must accept.
            return !Ours(changed) || Platform(changed);
        }));
    }

    private static bool Platform(byte[] response)
    {
        try
        {
            var reader = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
            reader.ReadSequence();
            return Rfc3161TimestampToken.TryDecode(reader.ReadEncodedValue(), out var token, out _) && token.VerifySignatureForData(Signature, out _);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
