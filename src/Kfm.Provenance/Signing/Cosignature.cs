using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Kfm.Provenance.Signing;

/// <summary>Signatures of witnesses, with a time (C2SP tlog-cosignature, cosignature/v1).</summary>
internal static class Cosignature
{
    /// <summary>Bytes of the time before a signature.</summary>
    public const int TimeLength = 8;

    public static bool Verify(VerificationKey key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.Length > TimeLength
        && key.Verify(Message(BinaryPrimitives.ReadUInt64BigEndian(signature), text), signature[TimeLength..]);

    public static byte[] Sign(SigningKey key, DateTimeOffset time, ReadOnlySpan<byte> text)
    {
        var seconds = (ulong)Math.Max(0, time.ToUnixTimeSeconds());
        var signature = new byte[TimeLength];
        BinaryPrimitives.WriteUInt64BigEndian(signature, seconds);
        return [.. signature, .. key.Sign(Message(seconds, text))];
    }

    /// <summary>The time at the head of a signature, in units of so many milliseconds since 1970.</summary>
    public static DateTimeOffset? Time(ReadOnlySpan<byte> signature, ulong unit)
    {
        var units = signature.Length > TimeLength ? BinaryPrimitives.ReadUInt64BigEndian(signature) : ulong.MaxValue;
        return units <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / unit
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(units * unit))
            : null;
    }

    private static byte[] Message(ulong seconds, ReadOnlySpan<byte> text) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n")), .. text];
}
