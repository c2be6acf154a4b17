using System.Numerics;

namespace Kfm.Provenance.Json;

/// <summary>
/// The double nearest to a decimal, ties to even, by the way of Michael Eisel and Daniel Lemire ("Number parsing at a gigabyte per
/// second", 2021), which is exact for any significand of 64 bits (Mushtak and Lemire, 2023).
/// </summary>
internal static class DecimalToDouble
{
    private const int FractionBits = 52;
    private const int InfiniteExponent = 0x7FF;
    private const int SmallestPower = -342;
    private const int LargestPower = 308;
    private const ulong HiddenBit = 1UL << FractionBits;

    private static ReadOnlySpan<double> ExactPowers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>The double nearest to digits times ten to the power; an infinity when that is too large.</summary>
    public static double Of(ulong digits, int power)
    {
        // Both operands are exact, so the one operation rounds once (Clinger, 1990).
        if (digits <= HiddenBit << 1 && (uint)(power + 22) <= 44)
        {
            return power < 0 ? digits / ExactPowers[-power] : digits * ExactPowers[power];
        }

        if (digits == 0 || power < SmallestPower)
        {
            return 0;
        }

        return power > LargestPower ? double.PositiveInfinity : Multiply(digits, power);
    }

    private static double Multiply(ulong digits, int power)
    {
        var zeros = BitOperations.LeadingZeroCount(digits);
        var (high, low) = Product(digits << zeros, power);
        var top = (int)(high >> 63);
        var shift = top + 64 - FractionBits - 3;
        var significand = high >> shift;
        var exponent = ((217706 * power) >> 16) + 63 + top - zeros + 1023; // floor(log2(10^power))
        if (exponent <= 0)
        {
            return Subnormal(significand, 1 - exponent);
        }

        // Halfway between two doubles and exact: to even, so the last bit is dropped instead of rounded up.
        if (low <= 1 && power is >= -4 and <= 23 && (significand & 3) == 1 && significand << shift == high)
        {
            significand--;
        }

        significand = (significand + (significand & 1)) >> 1;
        if (significand == HiddenBit << 1)
        {
            significand = HiddenBit;
            exponent++;
        }

        return exponent >= InfiniteExponent
            ? double.PositiveInfinity
            : BitConverter.UInt64BitsToDouble((significand & (HiddenBit - 1)) | ((ulong)exponent << FractionBits));
    }

    private static double Subnormal(ulong significand, int shift)
    {
        if (shift >= 64)
        {
            return 0;
        }

        significand >>= shift;
        significand = (significand + (significand & 1)) >> 1;

        // Rounding up to the hidden bit gives the smallest normal number, whose bits are just that.
        return BitConverter.UInt64BitsToDouble(significand);
    }

    // 128 bits of the product, from the lower word of the power only when the upper one leaves the result open.
    private static (ulong High, ulong Low) Product(ulong digits, int power)
    {
        const ulong Open = ulong.MaxValue >> (FractionBits + 3);
        var (upper, lower) = PowersOfTen.Bits(power);
        var high = Math.BigMul(digits, upper, out var low);
        if ((high & Open) == Open)
        {
            var carry = Math.BigMul(digits, lower, out _);
            low += carry;
            high += low < carry ? 1UL : 0;
        }

        return (high, low);
    }
}
