namespace Kfm.Provenance.Signing.Edwards25519;

/// <summary>Scalars as few odd signed digits (non-adjacent form of a width), for verification: the time depends on the value.</summary>
internal static class SlidingDigits
{
    /// <summary>One digit more than a scalar has bits, for the last carry.</summary>
    public const int Count = 257;

    /// <summary>Writes the digits, each zero or odd and below 2^(width-1) in magnitude; of <paramref name="width"/> in a row one at most is not zero.</summary>
    /// <param name="scalar">Four words, below 2^255.</param>
    /// <param name="width">Bits of the window, 2 to 8.</param>
    /// <param name="digits">Takes <see cref="Count"/> digits.</param>
    public static void Write(ReadOnlySpan<ulong> scalar, int width, Span<sbyte> digits)
    {
        digits.Clear();
        var mask = (1 << width) - 1;
        var carry = 0;
        for (var at = 0; at < Count;)
        {
            var window = carry + (int)(Bits(scalar, at) & (ulong)mask);
            if ((window & 1) == 0)
            {
                at++;
                continue;
            }

            carry = window > mask >> 1 ? 1 : 0;
            digits[at] = (sbyte)(window - (carry << width));
            at += width;
        }
    }

    private static ulong Bits(ReadOnlySpan<ulong> scalar, int at)
    {
        var (word, shift) = (at >> 6, at & 63);
        var low = word < scalar.Length ? scalar[word] >> shift : 0;
        return shift == 0 || word + 1 >= scalar.Length ? low : low | (scalar[word + 1] << (64 - shift));
    }
}
