using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>Numbers, characters and strings as Go writes them.</summary>
internal static class TemplateConstants
{
    /// <summary>An integer (<see cref="long"/>) or a <see cref="double"/>; null when the text is no number.</summary>
    internal static object? Number(string text)
    {
        var negative = text.StartsWith('-');
        var body = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal);
        var radix = body switch
        {
            ['0', 'x' or 'X', ..] => 16,
            ['0', 'b' or 'B', ..] => 2,
            ['0', 'o' or 'O', ..] => 8,
            _ => 10,
        };
        if (radix == 10 && body.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return double.TryParse(body, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
                ? negative ? -real : real
                : null;
        }

        var digits = radix == 10 ? body : body[2..];
        radix = radix == 10 && digits.Length > 1 && digits[0] == '0' ? 8 : radix;
        return Integer(digits, radix) is { } value && value <= long.MaxValue ? (long)(negative ? -value : value) : null;
    }

    /// <summary>The code point of a character constant; null when it is none.</summary>
    internal static object? Character(string quoted)
    {
        var text = Unquote(quoted);
        return text is not null && Rune.TryGetRuneAt(text.Length == 0 ? "\ud800" : text, 0, out var rune) && rune.Utf16SequenceLength == text.Length ? (long)rune.Value : null;
    }

    /// <summary>What a quoted text stands for; null when an escape is wrong.</summary>
    internal static string? Unquote(string quoted)
    {
        var body = quoted.AsSpan(1, quoted.Length - 2);
        if (quoted[0] == '`')
        {
            return body.ToString().Replace("\r", "", StringComparison.Ordinal);
        }

        var bytes = new List<byte>();
        while (!body.IsEmpty)
        {
            if (body[0] != '\\')
            {
                var next = body.IndexOf('\\');
                bytes.AddRange(Encoding.UTF8.GetBytes(body[..(next < 0 ? body.Length : next)].ToString()));
                body = next < 0 ? [] : body[next..];
            }
            else if (!TryEscape(ref body, quoted[0], bytes))
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool TryEscape(ref ReadOnlySpan<char> body, char quote, List<byte> bytes)
    {
        if (body.Length < 2)
        {
            return false;
        }

        var simple = "abfnrtv\\".IndexOf(body[1], StringComparison.Ordinal);
        if (simple >= 0 || body[1] == quote)
        {
            bytes.Add((byte)(simple < 0 ? quote : "\a\b\f\n\r\t\v\\"[simple]));
            body = body[2..];
            return true;
        }

        var (start, length, radix) = body[1] switch
        {
            'x' => (2, 2, 16),
            'u' => (2, 4, 16),
            'U' => (2, 8, 16),
            >= '0' and <= '7' => (1, 3, 8),
            _ => (0, 0, 0),
        };
        if (length == 0 || body.Length < start + length || Integer(body.Slice(start, length).ToString(), radix) is not { } value)
        {
            return false;
        }

        if (length is 4 or 8)
        {
            if (value > 0x10ffff || !Rune.IsValid((int)value))
            {
                return false;
            }

            bytes.AddRange(Encoding.UTF8.GetBytes(new Rune((int)value).ToString()));
        }
        else
        {
            bytes.Add(value <= 255 ? (byte)value : (byte)0);
        }

        body = body[(start + length)..];
        return value <= 255 || length is 4 or 8;
    }

    private static BigInteger? Integer(string digits, int radix)
    {
        if (digits.Length is 0 or > 64)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        return value;
    }
}
