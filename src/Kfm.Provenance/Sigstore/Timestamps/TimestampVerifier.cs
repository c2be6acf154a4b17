using System.Buffers;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Keys;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Timestamps;

/// <summary>Verifies RFC 3161 timestamps over a signature by the timestamp authorities of a trusted root.</summary>
internal sealed class TimestampVerifier(CertificateAuthority[] authorities)
{
    private const int MaxCertificates = 8;

    /// <summary>Verifies one response.</summary>
    /// <param name="der">The TimeStampResp in DER.</param>
    /// <param name="signature">What the timestamp must be over.</param>
    /// <param name="time">The verified time, when there is no error.</param>
    public SigstoreError? Verify(byte[] der, ReadOnlySpan<byte> signature, out VerifiedTime? time)
    {
        time = null;
        try
        {
            var token = TimestampToken.Read(der);
            if (token.Status > 1)
            {
                return Error(SigstoreErrorCode.NotGranted, $"The authority answered with the status {token.Status}.");
            }

            return CheckImprint(token, signature) ?? FindAuthority(token, out time);
        }
        catch (DerFormatException e)
        {
            return Error(SigstoreErrorCode.Malformed, "The timestamp is malformed: " + e.Message + ".");
        }
    }

    private static SigstoreError? CheckImprint(TimestampToken token, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[MessageHash.MaxSize];
        hash = hash[..MessageHash.Compute(token.ImprintHash, signature, hash)];
        return hash.SequenceEqual(token.Imprint.Of(token.Der))
            ? null
            : Error(SigstoreErrorCode.ImprintMismatch, "The timestamp was made over something other than the signature of the bundle.");
    }

    // Of several authorities that could be meant the first that verifies counts, else the first reason is told.
    private SigstoreError? FindAuthority(TimestampToken token, out VerifiedTime? time)
    {
        time = null;
        SigstoreError? first = null;
        var attributes = SignedAttributes.Read(token.SignedAttributes.Of(token.Der));
        foreach (var authority in authorities)
        {
            if (Signer(token, authority) is not { } signer)
            {
                continue;
            }

            var error = CheckSignature(token, attributes, signer) ?? CheckSigner(token, authority, signer);
            if (error is null)
            {
                time = new(TimeSource.TimestampAuthority, authority.Uri, token.Time);
                return null;
            }

            first ??= error;
        }

        return first ?? Error(SigstoreErrorCode.UnknownAuthority, "No timestamp authority of the trusted root signed this.");
    }

    // The signer's certificate comes from the trusted root. One that the token embeds counts where the root names only the authority above it.
    private static Certificate? Signer(TimestampToken token, CertificateAuthority authority)
    {
        foreach (var certificate in authority.Chain.Certificates)
        {
            if (IsNamed(token, certificate))
            {
                return IsEmbeddedOrNoneIs(token, certificate) ? certificate : null;
            }
        }

        if (!authority.Chain.Certificates[0].IsAuthority)
        {
            return null;
        }

        foreach (var raw in Embedded(token))
        {
            var certificate = CertificateReader.Read(raw);
            if (IsNamed(token, certificate))
            {
                return certificate;
            }
        }

        return null;
    }

    private static bool IsNamed(TimestampToken token, Certificate certificate)
    {
        var id = token.SignerId.Of(token.Der);
        return token.SignerIssuer.IsEmpty
            ? id.SequenceEqual(certificate.SubjectKeyId.Of(certificate.Raw))
            : id.SequenceEqual(certificate.Serial.Of(certificate.Raw)) && token.SignerIssuer.Of(token.Der).SequenceEqual(certificate.Issuer.Of(certificate.Raw));
    }

    // RFC 3161, 2.4.1: a token that carries certificates carries that of the signer.
    private static bool IsEmbeddedOrNoneIs(TimestampToken token, Certificate certificate)
    {
        if (token.Certificates.IsEmpty)
        {
            return true;
        }

        var reader = new DerReader(token.Certificates.Of(token.Der));
        while (reader.HasData)
        {
            if (reader.ReadEncoded().SequenceEqual(certificate.Raw))
            {
                return true;
            }
        }

        return false;
    }

    private static List<byte[]> Embedded(TimestampToken token)
    {
        List<byte[]> certificates = [];
        var reader = new DerReader(token.Certificates.Of(token.Der));
        while (reader.HasData && certificates.Count < MaxCertificates)
        {
            certificates.Add(reader.ReadEncoded().ToArray());
        }

        return certificates;
    }

    private static SigstoreError? CheckSignature(TimestampToken token, in SignedAttributes attributes, Certificate signer)
    {
        if (token.Digest is not { } digest || token.Algorithm is not { } algorithm || signer.Key is not { } key)
        {
            return Error(SigstoreErrorCode.UnsupportedAlgorithm, "The timestamp was signed with an algorithm that is not supported.");
        }

        return attributes.AreOf(token.Info.Of(token.Der), digest) && attributes.Name(signer.Raw) && HasSigned(token, key, algorithm)
            ? null
            : Error(SigstoreErrorCode.InvalidSignature, "The signature of the timestamp is wrong.");
    }

    // RFC 5652, 5.4: the attributes are signed with the tag of a set.
    private static bool HasSigned(TimestampToken token, SignatureKey key, SignatureAlgorithm algorithm)
    {
        var attributes = token.SignedAttributes.Of(token.Der);
        var buffer = ArrayPool<byte>.Shared.Rent(attributes.Length);
        try
        {
            attributes.CopyTo(buffer);
            buffer[0] = DerTag.Set;
            return key.Verify(algorithm, buffer.AsSpan(0, attributes.Length), token.Signature.Of(token.Der));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // RFC 3161, 2.3: the key is for timestamps alone, by a critical extension; the path is valid at the time that is told.
    private static SigstoreError? CheckSigner(TimestampToken token, CertificateAuthority authority, Certificate signer)
    {
        if (!signer.ForTimeStamping || !signer.PurposesAreCritical || signer.PurposeCount != 1 || signer.HasUnknownCriticalExtension
            || (signer.Usages is { } usages && !usages.HasFlag(KeyUsages.DigitalSignature)))
        {
            return Error(SigstoreErrorCode.UsageNotAllowed, "The certificate of the timestamp's signer is not one for timestamps alone.");
        }

        if (!signer.IsValidAt(token.Time))
        {
            return Error(SigstoreErrorCode.OutsideCertificateValidity, $"The certificate of the timestamp's signer is not valid at {token.Time:O}.");
        }

        if (PathOf(authority, signer) is not { } above)
        {
            return Error(SigstoreErrorCode.UnknownAuthority, "The certificate of the timestamp's signer does not lead to the authority that it names.");
        }

        return above.CheckAt(token.Time, SigstoreStage.Timestamp);
    }

    private static CertificatePath? PathOf(CertificateAuthority authority, Certificate signer)
    {
        var chain = authority.Chain.Certificates;
        if (ReferenceEquals(chain[0], signer))
        {
            return authority.Chain.Fault is null ? new(authority, chain.Length == 1 ? [signer] : chain[1..].ToArray()) : null;
        }

        return new PathBuilder([authority], []).Find(signer, out _).FirstOrDefault();
    }

    private static SigstoreError Error(SigstoreErrorCode code, string message) => new(SigstoreStage.Timestamp, code, message);
}
