using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Kfm.Provenance.JsonSchema;

/// <summary>A JSON number, exactly: mantissa times a power of ten, without trailing zeros, so that 1.0 equals 1.</summary>
internal readonly record struct JsonNumber(BigInteger Mantissa, int Exponent)
{
    private const int MaxExponent = 1_000_000;

    public bool IsInteger => Exponent >= 0;

    public static JsonNumber Parse(JsonElement number) =>
        TryParse(number, out var value) ? value : throw new InvalidOperationException("The number was not checked before.");

    public static bool TryParse(JsonElement number, out JsonNumber value) => TryParse(number.GetRawText(), out value);

    public static bool TryParse(ReadOnlySpan<char> text, out JsonNumber value)
    {
        value = default;
        var e = text.IndexOfAny('e', 'E');
        var exponent = 0;
        if (text.Length > InstanceGuard.MaxNumberLength
            || (e >= 0 && (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > MaxExponent)))
        {
            return false;
        }

        var digits = e < 0 ? text : text[..e];
        var point = digits.IndexOf('.');
        var mantissa = point < 0 ? Whole(digits) : Whole(string.Concat(digits[..point], digits[(point + 1)..]));
        value = Normalize(mantissa, exponent - (point < 0 ? 0 : digits.Length - point - 1));
        return true;
    }

    private static BigInteger Whole(ReadOnlySpan<char> digits) => BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static JsonNumber Normalize(BigInteger mantissa, int exponent)
    {
        if (mantissa.IsZero)
        {
            return new JsonNumber(BigInteger.Zero, 0);
        }

        while (true)
        {
            var quotient = BigInteger.DivRem(mantissa, 10, out var remainder);
            if (!remainder.IsZero)
            {
                return new JsonNumber(mantissa, exponent);
            }

            mantissa = quotient;
            exponent++;
        }
    }

    public int Order(JsonNumber other)
    {
        if (Mantissa.Sign != other.Mantissa.Sign || Mantissa.IsZero)
        {
            return Mantissa.Sign.CompareTo(other.Mantissa.Sign);
        }

        // The order of magnitude decides first, so that 1e999999 is never written out.
        var magnitude = (Digits(Mantissa) + Exponent).CompareTo(Digits(other.Mantissa) + other.Exponent);
        if (magnitude != 0)
        {
            return magnitude * Mantissa.Sign;
        }

        var common = Math.Min(Exponent, other.Exponent);
        var left = Mantissa * BigInteger.Pow(10, Exponent - common);
        return left.CompareTo(other.Mantissa * BigInteger.Pow(10, other.Exponent - common));
    }

    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (Mantissa.IsZero)
        {
            return true;
        }

        var shift = Exponent - divisor.Exponent;
        var modulus = BigInteger.Abs(divisor.Mantissa);
        if (shift >= 0)
        {
            return (Mantissa % modulus * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
        }

        // The mantissa has no trailing zero, so it is divisible by a power of ten only when that power is one.
        return false;
    }

    private static int Digits(BigInteger value) => BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).Length;
}
