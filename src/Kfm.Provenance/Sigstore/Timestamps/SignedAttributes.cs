using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Timestamps;

/// <summary>The attributes that the signer of a timestamp signed (RFC 5652, 5.3 and 11; RFC 5035).</summary>
internal readonly ref struct SignedAttributes
{
    private readonly ReadOnlySpan<byte> _messageDigest;
    private readonly ReadOnlySpan<byte> _certificateHash;
    private readonly HashAlgorithmName _certificateHashName;

    private SignedAttributes(ReadOnlySpan<byte> messageDigest, ReadOnlySpan<byte> certificateHash, HashAlgorithmName certificateHashName)
    {
        _messageDigest = messageDigest;
        _certificateHash = certificateHash;
        _certificateHashName = certificateHashName;
    }

    /// <summary>Reads the attributes.</summary>
    /// <param name="encoded">The element, header included.</param>
    /// <exception cref="DerFormatException">
    /// One of content type, message digest and signing certificate is missing, stands twice, or is not what a timestamp has.
    /// </exception>
    public static SignedAttributes Read(ReadOnlySpan<byte> encoded)
    {
        var whole = new DerReader(encoded);
        var reader = new DerReader(whole.Read(DerTag.Constructed(0)));
        var hasType = false;
        ReadOnlySpan<byte> digest = default, hash = default;
        var name = HashAlgorithmName.SHA256;
        while (reader.HasData)
        {
            var attribute = new DerReader(reader.Read(DerTag.Sequence));
            var identifier = attribute.Read(DerTag.ObjectIdentifier);
            var values = new DerReader(attribute.Read(DerTag.Set));
            attribute.End();
            if (identifier.Below(ObjectId.Pkcs9) == 3)
            {
                hasType = !hasType ? true : throw Twice();
                TimestampToken.Expect(values.Read(DerTag.ObjectIdentifier), ObjectId.TimestampInfo, "the signed content type is not a timestamp");
                values.End();
            }
            else if (identifier.Below(ObjectId.Pkcs9) == 4)
            {
                digest = digest.IsEmpty ? values.Read(DerTag.OctetString) : throw Twice();
                values.End();
            }
            else if (identifier.Below(ObjectId.SmimeAttribute) is var version && version is 12 or 47)
            {
                hash = hash.IsEmpty ? SigningCertificate(ref values, version == 12 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, out name) : throw Twice();
            }
        }

        return hasType && !digest.IsEmpty && !hash.IsEmpty
            ? new(digest, hash, name)
            : throw new DerFormatException("the signed attributes lack the content type, the message digest or the signing certificate");
    }

    /// <summary>Whether the digest is that of the timestamp's info.</summary>
    public bool AreOf(ReadOnlySpan<byte> info, SignatureAlgorithm digest)
    {
        Span<byte> hash = stackalloc byte[MessageHash.MaxSize];
        return hash[..MessageHash.Compute(MessageHash.Name(digest), info, hash)].SequenceEqual(_messageDigest);
    }

    /// <summary>Whether the signing certificate that they name is this one.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 3161 names the certificate by SHA-1 in version 1 of the attribute; the signature binds the key.")]
    public bool Name(ReadOnlySpan<byte> certificate)
    {
        Span<byte> hash = stackalloc byte[MessageHash.MaxSize];
        var length = _certificateHashName == HashAlgorithmName.SHA1
            ? SHA1.HashData(certificate, hash)
            : MessageHash.Compute(_certificateHashName, certificate, hash);
        return hash[..length].SequenceEqual(_certificateHash);
    }

    // RFC 5035, 3 and 4: the first ESSCertID or ESSCertIDv2 is the signer's.
    private static ReadOnlySpan<byte> SigningCertificate(scoped ref DerReader values, HashAlgorithmName byDefault, out HashAlgorithmName name)
    {
        var attribute = new DerReader(values.Read(DerTag.Sequence));
        values.End();
        var identifiers = new DerReader(attribute.Read(DerTag.Sequence));
        var first = new DerReader(identifiers.Read(DerTag.Sequence));
        name = byDefault;
        if (byDefault != HashAlgorithmName.SHA1 && first.TryRead(DerTag.Sequence, out var algorithm))
        {
            name = MessageHash.Name(AlgorithmIdentifier.RsaWithDigest(algorithm) ?? throw new DerFormatException("the hash of the signing certificate is not supported"));
        }

        return first.Read(DerTag.OctetString);
    }

    private static DerFormatException Twice() => new("a signed attribute stands twice");
}
