using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Doubles in the formats of Go's strconv.FormatFloat.</summary>
internal static class GoFloat
{
    /// <summary>Formats e, f or g (or upper case); precision -1 is the shortest text that reads back.</summary>
    internal static string Format(double value, char format, int precision)
    {
        if (format == 'f' && precision >= 0)
        {
            return value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        var lower = char.ToLowerInvariant(format);
        var text = lower switch
        {
            'f' => precision < 0 ? Fixed(value) : value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            'e' => Exponent(value, precision),
            _ => General(value, precision),
        };
        return char.IsUpper(format) ? text.ToUpperInvariant() : text;
    }

    private static string Fixed(double value) => Shortest(value) is var (sign, digits, point)
        ? point <= 0 ? sign + "0." + new string('0', -point) + digits
        : point >= digits.Length ? sign + digits.PadRight(point, '0') : sign + digits[..point] + "." + digits[point..]
        : "";

    private static string Exponent(double value, int precision)
    {
        var pattern = "E" + (precision < 0 ? Shortest(value).Digits.Length - 1 : precision).ToString(CultureInfo.InvariantCulture);
        var text = value.ToString(pattern, CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        var power = int.Parse(text.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{text[..split]}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}");
    }

    private static string General(double value, int precision)
    {
        var (_, digits, point) = precision < 0 ? Shortest(value) : Rounded(value, Math.Max(1, precision));
        var limit = precision < 0 ? 21 : Math.Max(1, precision);
        limit = precision >= 0 && limit > digits.Length && digits.Length >= point ? digits.Length : limit;
        if (value != 0 && (point - 1 < -4 || point - 1 >= limit))
        {
            return Exponent(value, digits.Length - 1);
        }

        return value.ToString("F" + Math.Max(0, digits.Length - point).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static (string Sign, string Digits, int Point) Shortest(double value)
    {
        if (value == 0)
        {
            return ("", "0", 1);
        }

        var number = RegoNumber.Of(value);
        var digits = BigInteger.Abs(number.Mantissa).ToString(CultureInfo.InvariantCulture);
        return (value < 0 ? "-" : "", digits.TrimEnd('0'), digits.Length + number.Exponent);
    }

    private static (string Sign, string Digits, int Point) Rounded(double value, int precision)
    {
        var text = value.ToString("E" + (precision - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        var digits = text[..split].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var power = int.Parse(text.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (value < 0 ? "-" : "", digits.Length == 0 ? "0" : digits, power + 1);
    }
}
