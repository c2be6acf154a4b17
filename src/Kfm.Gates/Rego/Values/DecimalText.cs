using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego;

/// <summary>Decimal numbers as text: JSON's grammar in, Go's shortest 'g' format out.</summary>
internal static class DecimalText
{
    private const int MaxExponent = 1_000_000;

    internal static bool TryParse(string text, out BigInteger mantissa, out int exponent)
    {
        (mantissa, exponent) = (BigInteger.Zero, 0);
        var at = text.StartsWith('-') ? 1 : 0;
        var digits = at;
        at = SkipDigits(text, at);
        if (at == digits || (text[digits] == '0' && at > digits + 1))
        {
            return false;
        }

        var number = text[..at];
        if (at < text.Length && text[at] == '.')
        {
            var fraction = at + 1;
            at = SkipDigits(text, fraction);
            if (at == fraction)
            {
                return false;
            }

            number += text[fraction..at];
            exponent = fraction - at;
        }

        if (at < text.Length && (text[at] is 'e' or 'E'))
        {
            if (!int.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
            {
                return false;
            }

            (exponent, at) = (Math.Clamp(power, -2 * MaxExponent, 2 * MaxExponent) + exponent, text.Length);
        }

        return at == text.Length && Math.Abs(exponent) <= MaxExponent
            && BigInteger.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out mantissa);
    }

    /// <summary>Go's big.Float.Text('g', -1): an exponent from -5 down and, for what is not whole, from 21 up.</summary>
    internal static string Format(BigInteger mantissa, int exponent)
    {
        var sign = mantissa.Sign < 0 ? "-" : "";
        var digits = BigInteger.Abs(mantissa).ToString(CultureInfo.InvariantCulture);
        if (exponent == 0)
        {
            return sign + digits;
        }

        var point = digits.Length + exponent;
        if (exponent > 0 || point - 1 < -4 || point - 1 >= 21)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            var power = point - 1;
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}");
        }

        return point > 0
            ? $"{sign}{digits[..point]}.{digits[point..]}"
            : $"{sign}0.{new string('0', -point)}{digits}";
    }

    private static int SkipDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
