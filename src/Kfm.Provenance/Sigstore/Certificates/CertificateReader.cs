using Kfm.Provenance.Sigstore.Keys;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Reads X.509 certificates (RFC 5280, 4.1) from DER.</summary>
internal static class CertificateReader
{
    /// <summary>A larger certificate is refused: those of Fulcio have about 2,000 bytes.</summary>
    public const int MaxBytes = 32 * 1024;

    private const int MaxExtensions = 64;

    /// <summary>Reads a certificate; it keeps the array.</summary>
    /// <exception cref="DerFormatException">The bytes are not a certificate of version 3.</exception>
    public static Certificate Read(byte[] raw)
    {
        if (raw.Length > MaxBytes)
        {
            throw new DerFormatException($"a certificate has at most {MaxBytes} bytes");
        }

        var file = new DerReader(raw);
        var parts = new DerReader(file.Read(DerTag.Sequence));
        file.End();
        var certificate = new Certificate(raw);
        var tbs = parts.ReadEncoded();
        certificate.Tbs = SliceOf(raw, tbs);
        var algorithm = parts.Read(DerTag.Sequence);
        certificate.Scheme = AlgorithmIdentifier.Signature(algorithm);
        certificate.Signature = SliceOf(raw, DerValue.Octets(parts.Read(DerTag.BitString)));
        parts.End();
        ReadTbs(certificate, tbs, algorithm);
        return certificate;
    }

    private static void ReadTbs(Certificate certificate, ReadOnlySpan<byte> tbs, ReadOnlySpan<byte> algorithm)
    {
        var raw = certificate.Raw;
        var whole = new DerReader(tbs);
        var reader = new DerReader(whole.Read(DerTag.Sequence));
        var version = new DerReader(reader.Read(DerTag.Constructed(0)));
        if (DerValue.Small(version.Read(DerTag.Integer)) != 2)
        {
            throw new DerFormatException("a certificate has version 3");
        }

        version.End();
        certificate.Serial = SliceOf(raw, DerValue.Integer(reader.Read(DerTag.Integer)));
        if (!reader.Read(DerTag.Sequence).SequenceEqual(algorithm))
        {
            throw new DerFormatException("the signature algorithm differs inside and outside of the signed part");
        }

        certificate.Issuer = SliceOf(raw, Name(ref reader));
        var validity = new DerReader(reader.Read(DerTag.Sequence));
        certificate.NotBefore = DerValue.Time(ref validity);
        certificate.NotAfter = DerValue.Time(ref validity);
        validity.End();
        certificate.Subject = SliceOf(raw, Name(ref reader));
        certificate.Spki = SliceOf(raw, reader.NextIs(DerTag.Sequence) ? reader.ReadEncoded() : throw new DerFormatException("the public key is missing"));
        var extensions = new DerReader(reader.Read(DerTag.Constructed(3)));
        reader.End();
        var list = extensions.Read(DerTag.Sequence);
        extensions.End();
        certificate.Extensions = SliceOf(raw, list);
        ReadExtensions(certificate, list);
    }

    private static ReadOnlySpan<byte> Name(scoped ref DerReader reader) =>
        reader.NextIs(DerTag.Sequence) ? reader.ReadEncoded() : throw new DerFormatException("a name is missing");

    private static void ReadExtensions(Certificate certificate, ReadOnlySpan<byte> list)
    {
        var reader = new DerReader(list);
        Span<int> seen = stackalloc int[MaxExtensions];
        var count = 0;
        while (reader.HasData)
        {
            var encoded = reader.ReadEncoded();
            var whole = new DerReader(encoded);
            var parts = new DerReader(whole.Read(DerTag.Sequence));
            var identifier = parts.Read(DerTag.ObjectIdentifier);
            var critical = parts.TryRead(DerTag.Boolean, out var flag)
                && (DerValue.Boolean(flag) ? true : throw new DerFormatException("a default value is written"));
            var value = parts.Read(DerTag.OctetString);
            parts.End();
            Once(certificate, identifier, seen[..count]);
            seen[count == MaxExtensions ? throw new DerFormatException($"a certificate has at most {MaxExtensions} extensions") : count++] =
                SliceOf(certificate.Raw, identifier).Start;
            if (identifier.SequenceEqual(ObjectId.SctList))
            {
                certificate.SctExtension = SliceOf(certificate.Raw, encoded);
                var wrapped = new DerReader(value);
                certificate.SctList = SliceOf(certificate.Raw, wrapped.Read(DerTag.OctetString));
                wrapped.End();
            }
            else if (!ExtensionReader.Read(certificate, identifier.Below(ObjectId.CertificateExtension), critical, value))
            {
                certificate.HasUnknownCriticalExtension |= critical;
            }
        }
    }

    // RFC 5280, 4.2: no extension stands twice.
    private static void Once(Certificate certificate, ReadOnlySpan<byte> identifier, ReadOnlySpan<int> seen)
    {
        foreach (var start in seen)
        {
            if (certificate.Raw[start - 1] == identifier.Length && certificate.Raw.AsSpan(start, identifier.Length).SequenceEqual(identifier))
            {
                throw new DerFormatException("an extension stands twice");
            }
        }
    }

    internal static Slice SliceOf(byte[] raw, ReadOnlySpan<byte> part) =>
        raw.AsSpan().Overlaps(part, out var start) ? new(start, part.Length) : default;
}
