using System.Security.Cryptography;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Timestamps;

/// <summary>A TimeStampResp with its token (RFC 3161, 2.4.2; RFC 5652, 5), read from DER and not verified.</summary>
internal sealed class TimestampToken
{
    private TimestampToken(byte[] der) => Der = der;

    public byte[] Der { get; }

    /// <summary>0 or 1 when the authority granted the timestamp.</summary>
    public int Status { get; private set; }

    /// <summary>The TSTInfo in DER, which the signed attributes hash.</summary>
    public Slice Info { get; private set; }

    public HashAlgorithmName ImprintHash { get; private set; }

    public Slice Imprint { get; private set; }

    public DateTimeOffset Time { get; private set; }

    /// <summary>What the request said to be recognised by; empty when it said nothing.</summary>
    public Slice Nonce { get; private set; }

    /// <summary>The certificates in the token: the contents of the set.</summary>
    public Slice Certificates { get; private set; }

    /// <summary>The issuer's name, header included, that names the signer; empty when a key identifier does.</summary>
    public Slice SignerIssuer { get; private set; }

    /// <summary>The serial number that names the signer, or the key identifier.</summary>
    public Slice SignerId { get; private set; }

    /// <summary>The hash of the signed attributes and of the info; null when it is not supported.</summary>
    public SignatureAlgorithm? Digest { get; private set; }

    /// <summary>Null when it is not supported.</summary>
    public SignatureAlgorithm? Algorithm { get; private set; }

    /// <summary>The signed attributes: the element, header included, whose tag is to be read as a set (RFC 5652, 5.4).</summary>
    public Slice SignedAttributes { get; private set; }

    public Slice Signature { get; private set; }

    /// <summary>Reads a response; it keeps the array.</summary>
    /// <exception cref="DerFormatException">The bytes are not a response, or, when it was granted, the token in it is none.</exception>
    public static TimestampToken Read(byte[] der)
    {
        var token = new TimestampToken(der);
        var file = new DerReader(der);
        var response = new DerReader(file.Read(DerTag.Sequence));
        file.End();
        var status = new DerReader(response.Read(DerTag.Sequence));
        token.Status = DerValue.Small(status.Read(DerTag.Integer));
        if (token.Status > 1)
        {
            return token;
        }

        var content = new DerReader(response.Read(DerTag.Sequence));
        response.End();
        Expect(content.Read(DerTag.ObjectIdentifier), ObjectId.SignedData, "the token is not signed data");
        var wrapped = new DerReader(content.Read(DerTag.Constructed(0)));
        content.End();
        var signed = new DerReader(wrapped.Read(DerTag.Sequence));
        wrapped.End();
        token.ReadSignedData(ref signed);
        return token;
    }

    private Slice Here(ReadOnlySpan<byte> part) => CertificateReader.SliceOf(Der, part);

    private void ReadSignedData(ref DerReader signed)
    {
        // RFC 5652, 5.1: 3 because the content is not plain data.
        if (DerValue.Small(signed.Read(DerTag.Integer)) is not (3 or 4 or 5))
        {
            throw new DerFormatException("signed data of a timestamp has version 3 or later");
        }

        var digests = signed.Read(DerTag.Set);
        var encapsulated = new DerReader(signed.Read(DerTag.Sequence));
        Expect(encapsulated.Read(DerTag.ObjectIdentifier), ObjectId.TimestampInfo, "the content is not a timestamp");
        var wrapped = new DerReader(encapsulated.Read(DerTag.Constructed(0)));
        encapsulated.End();
        var info = wrapped.Read(DerTag.OctetString);
        wrapped.End();
        Info = Here(info);
        ReadInfo(info);
        if (signed.TryRead(DerTag.Constructed(0), out var certificates))
        {
            Certificates = Here(certificates);
        }

        // Revocation lists may stand here; nobody sends them, nothing signs them, and they are not read.
        var signers = new DerReader(signed.Read(DerTag.Set));
        signed.End();
        var signer = new DerReader(signers.Read(DerTag.Sequence));
        if (signers.HasData)
        {
            throw new DerFormatException("a timestamp has exactly one signer");
        }

        ReadSigner(ref signer, digests);
    }

    // RFC 3161, 2.4.2, TSTInfo.
    private void ReadInfo(ReadOnlySpan<byte> der)
    {
        var whole = new DerReader(der);
        var info = new DerReader(whole.Read(DerTag.Sequence));
        whole.End();
        if (DerValue.Small(info.Read(DerTag.Integer)) != 1)
        {
            throw new DerFormatException("the timestamp has a version other than 1");
        }

        _ = info.Read(DerTag.ObjectIdentifier);
        var imprint = new DerReader(info.Read(DerTag.Sequence));
        ImprintHash = MessageHash.Name(AlgorithmIdentifier.RsaWithDigest(imprint.Read(DerTag.Sequence)) ?? throw new DerFormatException("the hash of the imprint is not SHA-256, SHA-384 or SHA-512"));
        Imprint = Here(imprint.Read(DerTag.OctetString));
        imprint.End();
        _ = DerValue.Integer(info.Read(DerTag.Integer));
        Time = DerValue.FractionalTime(info.Read(DerTag.GeneralizedTime));
        _ = info.TryRead(DerTag.Sequence, out _);
        if (info.TryRead(DerTag.Boolean, out var ordering))
        {
            _ = DerValue.Boolean(ordering);
        }

        if (info.TryRead(DerTag.Integer, out var nonce))
        {
            Nonce = Here(DerValue.Integer(nonce));
        }

        _ = info.TryRead(DerTag.Constructed(0), out _);
        if (info.TryRead(DerTag.Constructed(1), out var extensions))
        {
            RefuseCritical(extensions);
        }

        info.End();
    }

    // No extension of timestamps is known here.
    private static void RefuseCritical(ReadOnlySpan<byte> extensions)
    {
        var reader = new DerReader(extensions);
        while (reader.HasData)
        {
            var extension = new DerReader(reader.Read(DerTag.Sequence));
            _ = extension.Read(DerTag.ObjectIdentifier);
            if (extension.TryRead(DerTag.Boolean, out var critical) && DerValue.Boolean(critical))
            {
                throw new DerFormatException("the timestamp has a critical extension that is not known");
            }
        }
    }

    // RFC 5652, 5.3, SignerInfo.
    private void ReadSigner(ref DerReader signer, ReadOnlySpan<byte> digests)
    {
        var version = DerValue.Small(signer.Read(DerTag.Integer));
        if (signer.TryRead(DerTag.Sequence, out var issuerAndSerial))
        {
            var names = new DerReader(issuerAndSerial);
            SignerIssuer = Here(names.ReadEncoded());
            SignerId = Here(DerValue.Integer(names.Read(DerTag.Integer)));
            names.End();
        }
        else
        {
            SignerId = Here(signer.Read(DerTag.Primitive(0)));
        }

        if (version != (SignerIssuer.IsEmpty ? 3 : 1))
        {
            throw new DerFormatException("the version of the signer does not fit how it is named");
        }

        var digest = signer.Read(DerTag.Sequence);
        RequireListed(digests, digest);
        Digest = AlgorithmIdentifier.RsaWithDigest(digest);
        if (!signer.NextIs(DerTag.Constructed(0)))
        {
            throw new DerFormatException("the signed attributes are missing");
        }

        SignedAttributes = Here(signer.ReadEncoded());
        Algorithm = AlgorithmIdentifier.Signature(signer.Read(DerTag.Sequence), Digest);
        Signature = Here(signer.Read(DerTag.OctetString));
        _ = signer.TryRead(DerTag.Constructed(1), out _);
        signer.End();
    }

    // RFC 5652, 5.1: the set names the digests of all signers.
    private static void RequireListed(ReadOnlySpan<byte> digests, ReadOnlySpan<byte> digest)
    {
        var reader = new DerReader(digests);
        var found = false;
        while (reader.HasData)
        {
            found |= reader.Read(DerTag.Sequence).SequenceEqual(digest);
        }

        if (!found)
        {
            throw new DerFormatException("the digest of the signer is not among those of the signed data");
        }
    }

    internal static void Expect(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> expected, string otherwise)
    {
        if (!identifier.SequenceEqual(expected))
        {
            throw new DerFormatException(otherwise);
        }
    }
}
