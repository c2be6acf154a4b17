using System.Buffers.Binary;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>What a certificate log signed of a certificate with embedded SCTs (RFC 6962, 3.2): its signed part without them.</summary>
internal static class PrecertificateMessage
{
    private const int Head = 12;
    private const int IssuerHash = 32;

    /// <summary>More than enough bytes for <see cref="Write"/>.</summary>
    public static int MaxLength(Certificate certificate, in CertificateTimestamp sct) => Head + IssuerHash + 3 + certificate.Tbs.Length + 2 + sct.Extensions.Length;

    /// <summary>Writes the message.</summary>
    /// <param name="certificate">The certificate with the SCTs.</param>
    /// <param name="issuer">The certificate that issued it.</param>
    /// <param name="sct">One of the SCTs.</param>
    /// <param name="message">Takes the message.</param>
    /// <returns>The length of the message.</returns>
    public static int Write(Certificate certificate, Certificate issuer, in CertificateTimestamp sct, Span<byte> message)
    {
        message[0] = 0;
        message[1] = 0;
        BinaryPrimitives.WriteUInt64BigEndian(message[2..], sct.Milliseconds);
        BinaryPrimitives.WriteUInt16BigEndian(message[10..], 1);
        issuer.KeyHash.CopyTo(message[Head..]);
        var body = message[(Head + IssuerHash + 3)..];
        var length = WriteTbs(certificate, body);
        message[Head + IssuerHash] = (byte)(length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(message[(Head + IssuerHash + 1)..], (ushort)length);
        body = body[length..];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)sct.Extensions.Length);
        sct.Extensions.CopyTo(body[2..]);
        return Head + IssuerHash + 3 + length + 2 + sct.Extensions.Length;
    }

    // TBSCertificate, [3] and the list of extensions get shorter; every other byte stays. In DER the length of a header follows from
    // that of the contents.
    private static int WriteTbs(Certificate certificate, Span<byte> output)
    {
        ReadOnlySpan<byte> raw = certificate.Raw;
        var (tbs, list, sct) = (certificate.Tbs, certificate.Extensions, certificate.SctExtension);
        var first = tbs.Start + (raw[tbs.Start + 1] < 0x80 ? 2 : 2 + (raw[tbs.Start + 1] & 0x7f));
        var sequence = HeaderLength(list.Length) + list.Length;
        var fields = raw[first..(list.Start + list.Length - sequence - HeaderLength(sequence))];
        var newList = list.Length - sct.Length;
        var newSequence = HeaderLength(newList) + newList;

        var at = WriteHeader(output, DerTag.Sequence, fields.Length + HeaderLength(newSequence) + newSequence);
        fields.CopyTo(output[at..]);
        at += fields.Length;
        at += WriteHeader(output[at..], DerTag.Constructed(3), newSequence);
        at += WriteHeader(output[at..], DerTag.Sequence, newList);
        raw[list.Start..sct.Start].CopyTo(output[at..]);
        at += sct.Start - list.Start;
        var rest = raw[(sct.Start + sct.Length)..(list.Start + list.Length)];
        rest.CopyTo(output[at..]);
        return at + rest.Length;
    }

    private static int HeaderLength(int contents) => contents switch { < 0x80 => 2, < 0x100 => 3, < 0x10000 => 4, _ => 5 };

    private static int WriteHeader(Span<byte> output, byte tag, int contents)
    {
        var length = HeaderLength(contents);
        output[0] = tag;
        output[1] = length == 2 ? (byte)contents : (byte)(0x80 + length - 2);
        for (var i = length - 1; i > 1; i--)
        {
            output[i] = (byte)contents;
            contents >>= 8;
        }

        return length;
    }
}
