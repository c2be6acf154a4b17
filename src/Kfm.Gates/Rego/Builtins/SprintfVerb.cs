using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>One verb of a format: flags, width, precision.</summary>
internal sealed class SprintfVerb
{
    private bool _minus;
    private bool _plus;
    private bool _sharp;
    private bool _space;
    private bool _zero;

    internal bool OfGo { get; init; }

    internal int? Width { get; set; }

    internal int? Precision { get; set; }

    internal static string TypeName(RegoValue value) => value switch
    {
        RegoNumber n when IsWhole(n) => n.TryGetInt64(out _) ? "int" : "*big.Int",
        RegoNumber n when IsReal(n) => "float64",
        _ => "string",
    };

    /// <summary>What %v shows.</summary>
    internal static string Plain(RegoValue value) => value is RegoString s ? s.Text
        : value is RegoNumber i && IsWhole(i) ? i.ToBigInteger().ToString(CultureInfo.InvariantCulture)
        : value is RegoNumber n && IsReal(n) ? GoFloat.Format(n.ToDouble(), 'g', -1)
        : value.ToString();

    /// <summary>Go takes what is written without point and exponent for an integer.</summary>
    private static bool IsWhole(RegoNumber number) => number.IsInteger && !number.Text.AsSpan().ContainsAny('.', 'e', 'E');

    /// <summary>Numbers that no double holds are text.</summary>
    private static bool IsReal(RegoNumber number) => double.IsFinite(number.ToDouble());

    internal bool TrySetFlag(char c)
    {
        switch (c)
        {
            case '-':
                _minus = true;
                _zero = false;
                return true;
            case '+':
                return _plus = true;
            case '#':
                return _sharp = true;
            case ' ':
                return _space = true;
            case '0':
                _zero = !_minus;
                return true;
            default:
                return false;
        }
    }

    internal string Format(Rune verb, RegoValue value, BuiltinContext context)
    {
        if (verb.Value == 'T')
        {
            return Pad(TypeName(value), numeric: false);
        }

        if (OfGo && value is RegoBoolean)
        {
            return verb.Value is 't' or 'v' ? Pad(Plain(value), numeric: false) : $"%!{verb}(bool={Plain(value)})";
        }

        var text = value switch
        {
            RegoNumber n when IsWhole(n) => Integer(verb, n.ToBigInteger()),
            RegoNumber n when IsReal(n) => Float(verb, n.ToDouble()),
            _ => Text(verb, Plain(value)),
        };
        return text ?? $"%!{verb}({TypeName(value)}={Plain(value)})";
    }

    private string? Integer(Rune verb, BigInteger value)
    {
        switch (verb.Value)
        {
            case 's' when value > long.MaxValue || value < long.MinValue:
                return Pad(value.ToString(CultureInfo.InvariantCulture), numeric: false);
            case 'v' or 'd':
                return Digits(value, Radix.Format(BigInteger.Abs(value), 10), "");
            case 'b':
                return Digits(value, Radix.Format(BigInteger.Abs(value), 2), _sharp ? "0b" : "");
            case 'o':
                return Digits(value, Radix.Format(BigInteger.Abs(value), 8), _sharp ? "0" : "");
            case 'O':
                return Digits(value, Radix.Format(BigInteger.Abs(value), 8), "0o");
            case 'x':
                return Digits(value, Radix.Format(BigInteger.Abs(value), 16), _sharp ? "0x" : "");
            case 'X':
                return Digits(value, Radix.Format(BigInteger.Abs(value), 16).ToUpperInvariant(), _sharp ? "0X" : "");
            case 'c':
                return Pad(RuneOf(value).ToString(), numeric: false);
            case 'q':
                return Pad(GoQuote.QuoteRune(RuneOf(value)), numeric: false);
            case 'U':
                return Pad("U+" + ((long)(value & 0xffffffff)).ToString("X4", CultureInfo.InvariantCulture), numeric: false);
            default:
                return null;
        }
    }

    private static Rune RuneOf(BigInteger value) =>
        value >= 0 && value <= 0x10ffff && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar;

    private string Digits(BigInteger value, string digits, string prefix)
    {
        if (Precision is { } precision)
        {
            digits = precision == 0 && value.IsZero ? "" : digits.PadLeft(precision, '0');
        }

        var sign = value.Sign < 0 ? "-" : _plus ? "+" : _space ? " " : "";
        if (_zero && Width is { } width && Precision is null)
        {
            digits = digits.PadLeft(width - sign.Length - prefix.Length, '0');
        }

        return Pad(sign + prefix + digits, numeric: false);
    }

    private string? Float(Rune verb, double value)
    {
        var (format, precision) = verb.Value switch
        {
            'v' => ('g', Precision ?? -1),
            'g' or 'G' => ((char)verb.Value, Precision ?? -1),
            'e' or 'E' or 'f' or 'F' => ((char)verb.Value, Precision ?? 6),
            _ => ('\0', 0),
        };
        if (format == '\0')
        {
            return null;
        }

        var text = GoFloat.Format(value, format, precision);
        text = text.StartsWith('-') ? text : _plus ? "+" + text : _space ? " " + text : text;
        return Pad(text, numeric: true);
    }

    private string? Text(Rune verb, string text)
    {
        switch (verb.Value)
        {
            case 'v' or 's':
                return Pad(Cut(text), numeric: false);
            case 'q':
                return Pad(GoQuote.Quote(Cut(text)), numeric: false);
            case 'x' or 'X':
                var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Cut(text)));
                return Pad(verb.Value == 'x' ? hex : hex.ToUpperInvariant(), numeric: false);
            default:
                return null;
        }
    }

    private string Cut(string text) =>
        Precision is { } precision && Strings.Runes(text) is var runes && runes.Length > precision ? Strings.Text(runes.AsSpan(0, precision)) : text;

    private string Pad(string text, bool numeric)
    {
        var missing = Math.Abs(Width ?? 0) - Strings.Runes(text).Length;
        if (missing <= 0)
        {
            return text;
        }

        if (_minus || Width < 0)
        {
            return text + new string(' ', missing);
        }

        if (!_zero || (!numeric && Width is null))
        {
            return new string(' ', missing) + text;
        }

        var sign = numeric && text[0] is '-' or '+' or ' ' ? 1 : 0;
        return text[..sign] + new string('0', missing) + text[sign..];
    }
}
