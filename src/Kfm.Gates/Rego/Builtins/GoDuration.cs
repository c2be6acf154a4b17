using System.Globalization;
using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Durations in the syntax of Go's time.ParseDuration.</summary>
internal static class GoDuration
{
    private static readonly Dictionary<string, long> Units = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["us"] = 1_000,
        ["\u00b5s"] = 1_000,
        ["\u03bcs"] = 1_000,
        ["ms"] = 1_000_000,
        ["s"] = 1_000_000_000,
        ["m"] = 60_000_000_000,
        ["h"] = 3_600_000_000_000,
    };

    internal static RegoNumber Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = rest.Length > 0 && rest[0] is '-' or '+' ? rest[1..] : rest;
        if (rest is "0")
        {
            return RegoNumber.Of(0L);
        }

        if (rest.IsEmpty)
        {
            throw Invalid(text);
        }

        var total = BigInteger.Zero;
        while (!rest.IsEmpty)
        {
            var digits = Length(rest, static c => char.IsAsciiDigit(c) || c == '.');
            var unit = Length(rest[digits..], static c => !char.IsAsciiDigit(c) && c != '.');
            if (digits == 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                throw Invalid(text);
            }

            var name = rest.Slice(digits, unit).ToString();
            if (!Units.TryGetValue(name, out var factor))
            {
                throw BuiltinException.Failed("time.parse_duration_ns", name.Length == 0
                    ? $"time: missing unit in duration {GoQuote.Quote(text)}"
                    : $"time: unknown unit {GoQuote.Quote(name)} in duration {GoQuote.Quote(text)}");
            }

            total += (BigInteger)decimal.Truncate(amount) * factor;
            total += (BigInteger)decimal.Truncate((amount - decimal.Truncate(amount)) * factor);
            rest = rest[(digits + unit)..];
        }

        total = negative ? -total : total;
        return total >= long.MinValue && total <= long.MaxValue ? RegoNumber.Of(total) : throw Invalid(text);
    }

    private static int Length(ReadOnlySpan<char> text, Func<char, bool> fits)
    {
        var length = 0;
        while (length < text.Length && fits(text[length]))
        {
            length++;
        }

        return length;
    }

    private static BuiltinException Invalid(string text) =>
        BuiltinException.Failed("time.parse_duration_ns", "time: invalid duration " + GoQuote.Quote(text));
}
