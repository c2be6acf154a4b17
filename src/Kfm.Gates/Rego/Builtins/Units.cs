using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>units.parse and units.parse_bytes.</summary>
internal static class Units
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("units.parse", 1, Parse);
        add("units.parse_bytes", 1, ParseBytes);
    }

    private static RegoNumber Parse(BuiltinContext context, RegoValue[] a)
    {
        const string name = "units.parse";
        var (digits, unit) = Split(name, Operand.Text(name, a, 0));

        // m is milli and M mega, so that only here case counts.
        var factor = unit switch
        {
            "m" => -3,
            "" => 0,
            _ => Factor(unit.ToLowerInvariant()) ?? throw BuiltinException.Failed(name, $"unit {unit} not recognized"),
        };
        return factor == -3 ? RegoNumber.Of(digits.Mantissa, digits.Exponent - 3) : Scale(name, digits, unit.ToLowerInvariant());
    }

    private static RegoNumber ParseBytes(BuiltinContext context, RegoValue[] a)
    {
        const string name = "units.parse_bytes";
        var (digits, unit) = Split(name, Operand.Text(name, a, 0));
        unit = unit.ToLowerInvariant();
        unit = unit.EndsWith('b') ? unit[..^1] : unit;
        if (unit.Length > 0 && Factor(unit) is null)
        {
            throw BuiltinException.Failed(name, $"byte unit {unit}b not recognized");
        }

        var scaled = Scale(name, digits, unit);
        return scaled.IsInteger ? scaled : RegoNumber.Of(BigInteger.Divide(scaled.Mantissa, BigInteger.Pow(10, -scaled.Exponent)));
    }

    private static (RegoNumber Number, string Unit) Split(string builtin, string text)
    {
        text = text.Replace("\"", "", StringComparison.Ordinal);
        if (text.AsSpan().ContainsAny(" \t\n"))
        {
            throw BuiltinException.Failed(builtin, "spaces not allowed in resource strings");
        }

        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '-' or '+'
            || (text[end] is 'e' or 'E' && end + 1 < text.Length && (char.IsAsciiDigit(text[end + 1]) || text[end + 1] is '-' or '+'))))
        {
            end++;
        }

        if (HasLongExponent(text.AsSpan(0, end)))
        {
            throw BuiltinException.Failed(builtin, "exponent too large");
        }

        if (end == 0)
        {
            throw BuiltinException.Failed(builtin, builtin == "units.parse" ? "no amount provided" : "no byte amount provided");
        }

        return RegoNumber.TryParse(Normal(text[..end]), out var number) && Math.Abs(number.Exponent) < 1000
            ? (number, text[end..])
            : throw BuiltinException.Failed(builtin, builtin == "units.parse" ? "could not parse amount to a number" : "could not parse byte amount to a number");
    }

    /// <summary>More than six digits behind an e.</summary>
    private static bool HasLongExponent(ReadOnlySpan<char> number)
    {
        var exponent = number.LastIndexOfAny('e', 'E') is var at && at >= 0 ? number[(at + 1)..].TrimStart("+-") : default;
        return exponent.IndexOfAnyExceptInRange('0', '9') is var digits && (digits < 0 ? exponent.Length : digits) > 6;
    }

    private static string Normal(string text)
    {
        text = text.TrimStart('+');
        text = text.StartsWith('.') ? "0" + text : text;
        return text.EndsWith('.') ? text[..^1] : text;
    }

    private static int? Factor(string unit) => unit switch
    {
        "k" or "ki" => 1,
        "m" or "mi" => 2,
        "g" or "gi" => 3,
        "t" or "ti" => 4,
        "p" or "pi" => 5,
        "e" or "ei" => 6,
        _ => null,
    };

    private static RegoNumber Scale(string builtin, RegoNumber number, string unit)
    {
        if (unit.Length == 0)
        {
            return number;
        }

        var factor = BigInteger.Pow(unit.EndsWith('i') ? 1024 : 1000, Factor(unit)!.Value);
        return RegoNumber.Of(number.Mantissa * factor, number.Exponent);
    }
}
