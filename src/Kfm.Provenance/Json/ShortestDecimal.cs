using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Json;

/// <summary>
/// The shortest decimal that lies nearest to a double and is read as that double again, by Raffaello Giulietti's Schubfach
/// ("The Schubfach way to render doubles", 2020).
/// </summary>
internal static class ShortestDecimal
{
    private const int FractionBits = 52;
    private const int Bias = 1075; // of the exponent of the significand as an integer
    private const ulong HiddenBit = 1UL << FractionBits;

    /// <summary>The decimal <c>digits</c> times ten to the power of <c>exponent</c>; it may end in zeros.</summary>
    /// <param name="value">A finite number above zero.</param>
    public static (ulong Digits, int Exponent) Of(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var fraction = bits & (HiddenBit - 1);
        var biased = (int)(bits >> FractionBits);
        var significand = biased == 0 ? fraction : fraction | HiddenBit;
        var exponent = Math.Max(biased, 1) - Bias;

        // Integers below 2^53 are their own shortest decimal.
        if (exponent is <= 0 and > -FractionBits - 1 && (significand & ((1UL << -exponent) - 1)) == 0)
        {
            return (significand >> -exponent, 0);
        }

        return Search(significand, exponent, fraction == 0 && biased > 1);
    }

    // In quarters of a unit of the last place; below a power of two the neighbour is only half as far away.
    private static (ulong Digits, int Exponent) Search(ulong significand, int exponent, bool closeBelow)
    {
        var power = ((exponent * 1262611) - (closeBelow ? 524031 : 0)) >> 22; // floor(log10(2^exponent)), of 3/4 of it when close
        var shift = exponent + ((-power * 1741647) >> 19) + 1;                // floor(log2(10^-power))
        var (upper, lower) = PowersOfTen.BitsRoundedUp(-power);
        var odd = significand & 1;
        var quarters = significand << 2;
        var least = RoundToOdd(upper, lower, (quarters - (closeBelow ? 1UL : 2)) << shift) + odd;
        var middle = RoundToOdd(upper, lower, quarters << shift);
        var most = RoundToOdd(upper, lower, (quarters + 2) << shift) - odd;

        var digits = middle >> 2;
        if (digits >= 10)
        {
            var tens = digits / 10;
            var below = least <= 40 * tens;
            var above = (40 * tens) + 40 <= most;
            if (below != above)
            {
                return (tens + (above ? 1UL : 0), power + 1);
            }
        }

        return (Nearest(digits, least, middle, most), power);
    }

    private static ulong Nearest(ulong digits, ulong least, ulong middle, ulong most)
    {
        var below = least <= 4 * digits;
        var above = (4 * digits) + 4 <= most;
        if (below != above)
        {
            return digits + (above ? 1UL : 0);
        }

        var half = (4 * digits) + 2;
        return digits + (middle > half || (middle == half && (digits & 1) != 0) ? 1UL : 0);
    }

    // The upper 64 bits of a product of 192; the last bit tells whether anything was cut.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong RoundToOdd(ulong upper, ulong lower, ulong factor)
    {
        var carry = Math.BigMul(lower, factor, out _);
        var high = Math.BigMul(upper, factor, out var middle);
        middle += carry;
        high += middle < carry ? 1UL : 0;
        return high | (middle > 1 ? 1UL : 0);
    }
}
