using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego.Yaml;

/// <summary>What plain scalars mean: YAML 1.1 with the octal numbers of 1.2, as Go's reader takes them.</summary>
internal static class YamlScalars
{
    internal static RegoValue Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => RegoValue.Null,
        "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => RegoValue.True,
        "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => RegoValue.False,
        _ => (RegoValue?)Number(text) ?? RegoValue.Of(text),
    };

    private static RegoNumber? Number(string text)
    {
        if (!(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.'))
        {
            return null;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var sign = digits.Length > 0 && digits[0] is '-' or '+' ? 1 : 0;
        var body = digits[sign..];
        var radix = Radix(body);
        if (radix is { } found)
        {
            return Integer(found.Digits, found.Base, digits.StartsWith('-'));
        }

        return IsDecimal(body) && RegoNumber.TryParse(Canonical(body, digits.StartsWith('-')), out var number) ? number : null;
    }

    private static (string Digits, int Base)? Radix(string body) => body switch
    {
        ['0', 'x' or 'X', .. var hex] => (hex, 16),
        ['0', 'b' or 'B', .. var binary] => (binary, 2),
        ['0', 'o' or 'O', .. var octal] => (octal, 8),
        ['0', .. var octal] when octal.Length > 0 && octal.All(c => c is >= '0' and <= '7') => (octal, 8),
        _ => null,
    };

    private static RegoNumber? Integer(string digits, int radix, bool negative)
    {
        if (digits.Length is 0 or > 1_000)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c) || Convert.ToInt32(c.ToString(), 16) is var digit && digit >= radix)
            {
                return null;
            }

            value = (value * radix) + Convert.ToInt32(c.ToString(), 16);
        }

        value = negative ? -value : value;
        return RegoNumber.TryParse(value.ToString(CultureInfo.InvariantCulture), out var number) ? number : null;
    }

    /// <summary>[0-9]* with a point and an exponent where they stand, and at least one digit.</summary>
    private static bool IsDecimal(string body)
    {
        var at = Digits(body, 0);
        var count = at;
        if (at < body.Length && body[at] == '.')
        {
            var end = Digits(body, at + 1);
            count += end - at - 1;
            at = end;
        }

        if (count > 0 && at < body.Length && body[at] is 'e' or 'E')
        {
            var start = at + 1 + (at + 1 < body.Length && body[at + 1] is '-' or '+' ? 1 : 0);
            at = Digits(body, start);
            count = at > start ? count : 0;
        }

        return count > 0 && at == body.Length;
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The number in the grammar of JSON: 01.50 is 1.50, .5 is 0.5, 1. is 1, 1e3 is 1000 as a double prints it.</summary>
    private static string Canonical(string body, bool negative)
    {
        var exponent = body.IndexOfAny(['e', 'E']);
        var mantissa = exponent < 0 ? body : body[..exponent];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart('0');
        var fraction = point < 0 ? "" : mantissa[(point + 1)..];
        return (negative ? "-" : "") + (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction) + (exponent < 0 ? "" : body[exponent..]);
    }
}
