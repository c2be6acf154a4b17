using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Json;

/// <summary>Reads numbers of a JSON text, RFC 8259 section 6, and rounds them to the nearest double, ties to even.</summary>
internal static class NumberScanner
{
    /// <summary>The number of digits that always fit 64 bits.</summary>
    public const int MaxShort = 19;

    // No double, and no half way between two, has more significant digits; what follows only tells whether there is more.
    private const int MaxSignificant = 768;
    private const long MaxExponent = 1L << 40;

    private static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
        10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000, 10000000000000000000,
    ];

    /// <summary>Ten to a power from 0 to 19.</summary>
    public static ulong Power(int exponent) => Powers[exponent];

    /// <summary>Reads the number at an offset, where a sign or a digit stands.</summary>
    /// <returns>The offset after it; when a digit is missing, the complement of the offset where it is missing.</returns>
    public static int Scan(ReadOnlySpan<byte> text, int start, out NumberToken token)
    {
        token = default;
        token.Negative = text[start] == '-';
        var first = start + (token.Negative ? 1 : 0);
        ulong digits = 0;
        var at = first < text.Length && text[first] == '0' ? first + 1 : Digits(text, first, ref digits);
        var whole = at - first;
        if (whole == 0)
        {
            return ~at;
        }

        var fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            var point = at;
            at = Digits(text, at + 1, ref digits);
            fraction = at - point - 1;
            if (fraction == 0)
            {
                return ~at;
            }
        }

        token.Digits = digits;
        token.DigitCount = whole + fraction;
        token.Power = -fraction;
        if (at < text.Length && (text[at] | 0x20) == 'e')
        {
            return Exponent(text, at, text[first] != '0' && whole == 1 && (fraction == 0 || text[at - 1] != '0'), ref token);
        }

        token.HasLayout = fraction == 0
            ? whole <= 21 && (digits != 0 || !token.Negative || whole > 1)
            : text[at - 1] != '0' && whole <= 21 && (text[first] != '0' || !text[(first + 2)..].StartsWith("000000"u8));
        return at;
    }

    /// <summary>The nearest double; an infinity when the number is too large.</summary>
    /// <param name="text">The text of the number.</param>
    /// <param name="token">What <see cref="Scan"/> gave for it.</param>
    public static double Value(ReadOnlySpan<byte> text, in NumberToken token)
    {
        var value = token.IsShort ? DecimalToDouble.Of(token.Digits, (int)Math.Clamp(token.Power, -1000, 1000)) : Long(text, token);
        return token.Negative ? -value : value;
    }

    private static int Exponent(ReadOnlySpan<byte> text, int letter, bool normal, ref NumberToken token)
    {
        var at = letter + 1;
        var sign = at < text.Length ? text[at] : (byte)0;
        var signed = sign is (byte)'+' or (byte)'-';
        at += signed ? 1 : 0;
        var first = at;
        var exponent = 0L;
        for (; at < text.Length && text[at] - '0' is >= 0 and <= 9; at++)
        {
            exponent = Math.Min((exponent * 10) + text[at] - '0', MaxExponent);
        }

        if (at == first)
        {
            return ~at;
        }

        exponent = sign == '-' ? -exponent : exponent;
        token.HasExponent = true;
        token.HasLayout = normal && signed && text[letter] == 'e' && text[first] != '0' && exponent is >= 21 or <= -7;
        token.Power += exponent;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Digits(ReadOnlySpan<byte> text, int at, ref ulong digits)
    {
        while (text.Length - at >= 8)
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
            if (!AreDigits(eight))
            {
                break;
            }

            digits = (digits * 100000000) + Eight(eight);
            at += 8;
        }

        while (at < text.Length && (uint)(text[at] - '0') is <= 9 and var digit)
        {
            digits = (digits * 10) + digit;
            at++;
        }

        return at;
    }

    // Upper half 3 everywhere, and still 3 with 6 added.
    private static bool AreDigits(ulong eight) =>
        ((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    // Neighbours joined to two, four and eight digits.
    private static uint Eight(ulong eight)
    {
        eight &= 0x0F0F0F0F0F0F0F0F;
        eight = ((eight * 10) + (eight >> 8)) & 0x00FF00FF00FF00FF;
        eight = ((eight * 100) + (eight >> 16)) & 0x0000FFFF0000FFFF;
        return (uint)((eight * 10000) + (eight >> 32));
    }

    // The first nineteen significant digits mostly decide, since what follows moves the number by less than one in the last of them.
    private static double Long(ReadOnlySpan<byte> text, in NumberToken token)
    {
        var (head, count, after, more) = (0UL, 0, 0L, false);
        foreach (var c in text)
        {
            if ((c | 0x20) == 'e')
            {
                break;
            }

            if (c - '0' is < 0 or > 9 || (c == '0' && count == 0))
            {
                continue;
            }

            if (count < MaxShort)
            {
                head = (head * 10) + c - '0';
                count++;
                continue;
            }

            after++;
            more |= c != '0';
        }

        var power = (int)Math.Clamp(after + token.Power, -1000, 1000);
        var value = DecimalToDouble.Of(head, power);
        return !more || value == DecimalToDouble.Of(head + 1, power) ? value : Exact(text, (int)(after + token.Power + MaxShort));
    }

    // All digits that can matter, a 1 for what is behind them, and an exponent of three digits: the platform's parser is exact for these.
    private static double Exact(ReadOnlySpan<byte> text, int point)
    {
        Span<byte> plain = stackalloc byte[MaxSignificant + 16];
        plain[0] = (byte)'.';
        var (count, more) = (0, false);
        foreach (var c in text)
        {
            if ((c | 0x20) == 'e')
            {
                break;
            }

            if (c - '0' is < 0 or > 9 || (c == '0' && count == 0))
            {
                continue;
            }

            if (count < MaxSignificant)
            {
                plain[++count] = c;
            }
            else
            {
                more |= c != '0';
            }
        }

        plain[count + 1] = (byte)'1';

        // Utf8Parser is no help here: zeros at the end make it round a tie up.
        count += more ? 1 : 0;
        plain[count + 1] = (byte)'e';
        Utf8Formatter.TryFormat(point, plain[(count + 2)..], out var written);
        return double.Parse(plain[..(count + 2 + written)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
