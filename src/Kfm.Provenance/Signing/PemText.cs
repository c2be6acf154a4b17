using System.Security.Cryptography;

namespace Kfm.Provenance.Signing;

/// <summary>Reads the one block of a PEM text (RFC 7468).</summary>
internal static class PemText
{
    internal static byte[] Decode(string pem, string label) => Decode(pem, [label]).Content;

    /// <summary>The content and the label, which is one of those that the caller reads.</summary>
    internal static (byte[] Content, string Label) Decode(string pem, string[] labels)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            throw new KeyFormatException($"This is not PEM; write one block -----BEGIN {labels[0]}-----.");
        }

        var (start, end) = (fields.Location.Start.Value, fields.Location.End.Value);
        if (!pem.AsSpan(0, start).IsWhiteSpace() || !pem.AsSpan(end).IsWhiteSpace())
        {
            throw new KeyFormatException($"Text stands around the PEM block; write one block -----BEGIN {labels[0]}----- and nothing else.");
        }

        var label = pem[fields.Label];
        if (!labels.Contains(label, StringComparer.Ordinal))
        {
            throw new KeyFormatException($"The PEM block is not a {string.Join(" or ", labels)}.");
        }

        // TryFind has checked that the base64 is well-formed.
        return (Convert.FromBase64String(pem[fields.Base64Data]), label);
    }
}
