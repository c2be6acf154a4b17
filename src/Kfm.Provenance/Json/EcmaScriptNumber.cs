using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Json;

/// <summary>Numbers as ECMAScript writes them: ECMA-262 Number::toString, which RFC 8785 section 3.2.2.3 asks for.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The longest text in bytes: a sign, 17 digits, a point and five zeros or an exponent of five characters.</summary>
    public const int MaxLength = 32;

    private const int MaxDigits = 20;

    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8 +
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    private static ReadOnlySpan<ulong> Powers =>
    [
        0, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
        10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000, 10000000000000000000,
    ];

    /// <summary>Writes a finite number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(double value, Span<byte> destination)
    {
        if (value == 0)
        {
            destination[0] = (byte)'0';
            return 1;
        }

        var (digits, exponent) = ShortestDecimal.Of(Math.Abs(value));
        return Write(value < 0, digits, exponent, destination);
    }

    /// <summary>Writes a shortest decimal: digits, not zero, times ten to the power of exponent.</summary>
    public static int Write(bool negative, ulong digits, int exponent, Span<byte> destination)
    {
        Span<byte> text = stackalloc byte[MaxDigits];
        (digits, exponent) = WithoutZeros(digits, exponent);
        var count = CountDigits(digits);
        WriteDigits(digits, text[..count]);
        destination[0] = (byte)'-';
        var sign = negative ? 1 : 0;
        return sign + Layout(text[..count], count + exponent, destination[sign..]);
    }

    private static (ulong Digits, int Exponent) WithoutZeros(ulong digits, int exponent)
    {
        Strip(ref digits, ref exponent, 100000000, 8);
        Strip(ref digits, ref exponent, 100000000, 8);
        Strip(ref digits, ref exponent, 10000, 4);
        Strip(ref digits, ref exponent, 100, 2);
        Strip(ref digits, ref exponent, 10, 1);
        return (digits, exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Strip(ref ulong digits, ref int exponent, ulong power, int zeros)
    {
        var quotient = digits / power;
        if (quotient * power == digits)
        {
            digits = quotient;
            exponent += zeros;
        }
    }

    private static int CountDigits(ulong digits)
    {
        var atMost = (((BitOperations.Log2(digits) + 1) * 1233) >> 12) + 1; // log10(2) is 1233/4096
        return atMost - (atMost > MaxDigits || digits < Powers[atMost - 1] ? 1 : 0);
    }

    private static void WriteDigits(ulong digits, Span<byte> text)
    {
        var at = text.Length;
        while (at >= 2)
        {
            var quotient = digits / 100;
            Pairs.Slice((int)(digits - (quotient * 100)) * 2, 2).CopyTo(text[(at -= 2)..]);
            digits = quotient;
        }

        if (at == 1)
        {
            text[0] = (byte)('0' + digits);
        }
    }

    // ECMA-262 Number::toString steps 6 to 10; point is its n, the number of digits its k.
    private static int Layout(ReadOnlySpan<byte> digits, int point, Span<byte> destination) => point switch
    {
        > 0 and <= 21 when digits.Length <= point => Integer(digits, point, destination),
        > 0 and <= 21 => Insert(digits, point, destination),
        > -6 and <= 0 => Small(digits, point, destination),
        _ => Exponential(digits, point - 1, destination),
    };

    private static int Integer(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        digits.CopyTo(destination);
        destination[digits.Length..point].Fill((byte)'0');
        return point;
    }

    private static int Insert(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        digits[..point].CopyTo(destination);
        destination[point] = (byte)'.';
        digits[point..].CopyTo(destination[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int Small(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        "0.00000"u8[..(2 - point)].CopyTo(destination);
        digits.CopyTo(destination[(2 - point)..]);
        return 2 - point + digits.Length;
    }

    private static int Exponential(ReadOnlySpan<byte> digits, int exponent, Span<byte> destination)
    {
        var length = digits.Length == 1 ? Integer(digits, 1, destination) : Insert(digits, 1, destination);
        destination[length++] = (byte)'e';
        destination[length++] = exponent < 0 ? (byte)'-' : (byte)'+';
        var size = (ulong)Math.Abs(exponent);
        var count = CountDigits(size);
        WriteDigits(size, destination.Slice(length, count));
        return length + count;
    }
}
