namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Reads the standard extensions (RFC 5280, 4.2.1) that path validation needs.</summary>
internal static class ExtensionReader
{
    /// <summary>Reads an extension.</summary>
    /// <param name="certificate">Takes what the extension says.</param>
    /// <param name="number">The arc below id-ce, or -1.</param>
    /// <param name="critical">Whether the extension is critical.</param>
    /// <param name="value">The DER in the octet string.</param>
    /// <returns>Whether the extension is understood.</returns>
    public static bool Read(Certificate certificate, int number, bool critical, ReadOnlySpan<byte> value)
    {
        switch (number)
        {
            case 14:
                certificate.SubjectKeyId = CertificateReader.SliceOf(certificate.Raw, Only(value, DerTag.OctetString));
                return true;
            case 15:
                certificate.Usages = (KeyUsages)DerValue.NamedBits(Only(value, DerTag.BitString));
                return true;
            case 17:
                _ = Only(value, DerTag.Sequence);
                certificate.AlternativeName = CertificateReader.SliceOf(certificate.Raw, value);
                return true;
            case 19:
                BasicConstraints(certificate, Only(value, DerTag.Sequence));
                return true;
            case 35:
                AuthorityKeyId(certificate, Only(value, DerTag.Sequence));
                return true;
            case 37:
                certificate.PurposesAreCritical = critical;
                Purposes(certificate, Only(value, DerTag.Sequence));
                return true;
            default:
                return false;
        }
    }

    private static ReadOnlySpan<byte> Only(ReadOnlySpan<byte> value, byte tag)
    {
        var reader = new DerReader(value);
        var contents = reader.Read(tag);
        reader.End();
        return contents;
    }

    private static void BasicConstraints(Certificate certificate, ReadOnlySpan<byte> contents)
    {
        var reader = new DerReader(contents);
        certificate.IsAuthority = reader.TryRead(DerTag.Boolean, out var flag) && DerValue.Boolean(flag);
        certificate.PathLength = reader.TryRead(DerTag.Integer, out var length) ? DerValue.Small(length) : null;
        reader.End();
    }

    private static void AuthorityKeyId(Certificate certificate, ReadOnlySpan<byte> contents)
    {
        var reader = new DerReader(contents);
        if (reader.TryRead(DerTag.Primitive(0), out var key))
        {
            certificate.AuthorityKeyId = CertificateReader.SliceOf(certificate.Raw, key);
        }
    }

    private static void Purposes(Certificate certificate, ReadOnlySpan<byte> contents)
    {
        var reader = new DerReader(contents);
        certificate.HasPurposes = true;
        while (reader.HasData)
        {
            var purpose = reader.Read(DerTag.ObjectIdentifier).Below(ObjectId.KeyPurpose);
            certificate.ForCodeSigning |= purpose == 3;
            certificate.ForTimeStamping |= purpose == 8;
            certificate.PurposeCount++;
        }
    }
}
