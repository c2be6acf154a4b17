using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Kfm.Provenance.Tests.Sigstore.Instances;

/// <summary>A timestamp authority (RFC 3161) on the platform's CMS.</summary>
internal sealed class TimestampSigner(X509Certificate2 certificate, TimeProvider clock)
{
    public X509Certificate2 Certificate => certificate;

    /// <summary>Answers a TimeStampReq.</summary>
    public byte[] Answer(byte[] query)
    {
        Assert.True(Rfc3161TimestampRequest.TryDecode(query, out var request, out var read) && read == query.Length);
        return Stamp(request.GetMessageHash().ToArray(), request.GetNonce(), request.RequestSignerCertificate);
    }

    public byte[] Stamp(byte[] sha256, ReadOnlyMemory<byte>? nonce = null, bool embed = true)
    {
        var cms = new SignedCms(new ContentInfo(new Oid("1.2.840.113549.1.9.16.1.4"), Info(sha256, nonce)), detached: false);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = embed ? X509IncludeOption.EndCertOnly : X509IncludeOption.None,
        };
        signer.SignedAttributes.Add(new AsnEncodedData("1.2.840.113549.1.9.16.2.47", SigningCertificate()));
        cms.ComputeSignature(signer);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
            }

            writer.WriteEncodedValue(cms.Encode());
        }

        return writer.Encode();
    }

    private byte[] Info(byte[] sha256, ReadOnlyMemory<byte>? nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier("1.3.6.1.4.1.57264.2");
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                    writer.WriteNull();
                }

                writer.WriteOctetString(sha256);
            }

            writer.WriteInteger(7);
            writer.WriteGeneralizedTime(clock.GetUtcNow(), omitFractionalSeconds: true);
            if (nonce is { } value)
            {
                writer.WriteInteger(value.Span);
            }
        }

        return writer.Encode();
    }

    // RFC 5035, 3: SHA-256 is the default and not written.
    private byte[] SigningCertificate()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        }

        return writer.Encode();
    }
}
