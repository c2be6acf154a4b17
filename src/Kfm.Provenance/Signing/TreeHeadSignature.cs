using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Kfm.Provenance.Signing;

/// <summary>Signed tree heads of RFC 6962 on checkpoints without extension lines (C2SP static-ct-api, checkpoints).</summary>
internal static class TreeHeadSignature
{
    private const int Head = Cosignature.TimeLength + 4;
    private const byte Sha256 = 4;
    private const byte Rsa = 1;
    private const byte Ecdsa = 3;

    // The signature is the time in milliseconds and a digitally-signed struct (RFC 5246, 4.7): hash, algorithm, length, signature.
    public static bool Verify(VerificationKey key, string name, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        var algorithm = key.Scheme == SignatureScheme.RsaPkcs1Sha256 ? Rsa : Ecdsa;
        return signature.Length >= Head
            && signature[Cosignature.TimeLength] == Sha256
            && signature[Cosignature.TimeLength + 1] == algorithm
            && BinaryPrimitives.ReadUInt16BigEndian(signature[(Head - 2)..]) == signature.Length - Head
            && Message(name, text, BinaryPrimitives.ReadUInt64BigEndian(signature)) is { } message
            && key.Verify(message, signature[Head..]);
    }

    // Version v1 (0), type tree_hash (1), time, size, root; null when the text is not a checkpoint of the log of that name.
    private static byte[]? Message(string name, ReadOnlySpan<byte> text, ulong time)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n');
        if (lines.Length != 4 || lines[3].Length > 0 || !string.Equals(lines[0], name, StringComparison.Ordinal)
            || !ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || StrictBase64.Decode(lines[2]) is not { Length: 32 } root)
        {
            return null;
        }

        var message = new byte[50];
        message[1] = 1;
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(2), time);
        BinaryPrimitives.WriteUInt64BigEndian(message.AsSpan(10), size);
        root.CopyTo(message, 18);
        return message;
    }
}
