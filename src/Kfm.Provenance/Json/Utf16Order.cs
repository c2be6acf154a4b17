namespace Kfm.Provenance.Json;

/// <summary>
/// The order of UTF-16 code units, which RFC 8785 section 3.2.3 asks for, on UTF-8 bytes. The two differ only where U+E000 to
/// U+FFFF (first bytes EE and EF) meet the characters above U+FFFF (first bytes F0 to F4): their surrogates sort before.
/// </summary>
internal static class Utf16Order
{
    private const byte FirstAfterSurrogates = 0xEE;

    /// <summary>Compares two well-formed texts.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = left.CommonPrefixLength(right);
        return common == left.Length || common == right.Length
            ? left.Length - right.Length
            : Map(left[common]) - Map(right[common]);
    }

    /// <summary>Maps eight bytes so that comparing them as a big-endian number gives the order.</summary>
    public static ulong Map(ulong bytes)
    {
        if ((bytes & 0x8080808080808080) == 0)
        {
            return bytes;
        }

        ulong mapped = 0;
        for (var shift = 56; shift >= 0; shift -= 8)
        {
            mapped |= (ulong)Map((byte)(bytes >> shift)) << shift;
        }

        return mapped;
    }

    // EE and EF go behind F4; continuation bytes are never that large.
    private static byte Map(byte value) => value is FirstAfterSurrogates or FirstAfterSurrogates + 1 ? (byte)(value + 0x10) : value;
}
