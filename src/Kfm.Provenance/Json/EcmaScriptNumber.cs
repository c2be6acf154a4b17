using System.Buffers.Text;
using System.Globalization;

namespace Kfm.Provenance.Json;

/// <summary>Numbers as ECMAScript writes them: ECMA-262 Number::toString, which RFC 8785 section 3.2.2.3 asks for.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The longest text in bytes: a sign, 17 digits, a point and five zeros or an exponent of five characters.</summary>
    public const int MaxLength = 32;

    // A double tells apart all decimals of 15 digits, so such a decimal is the shortest text of its double.
    private const int SafeDigits = 15;

    /// <summary>
    /// Whether a JSON number is canonical for a reason that needs no arithmetic: at most 15 digits, no exponent, nothing that
    /// would be written otherwise. False says nothing.
    /// </summary>
    public static bool IsPlainlyCanonical(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        if (digits.Length > SafeDigits + 1)
        {
            return false;
        }

        var point = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (point < 0)
        {
            return digits.Length <= SafeDigits && (digits[0] != '0' || digits.Length == text.Length);
        }

        var fraction = digits[(point + 1)..];
        return digits[point] == '.'
            && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && fraction[^1] != '0'
            && (digits[0] != '0' || fraction.IndexOfAnyExcept((byte)'0') < 6);
    }

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

        Span<byte> digits = stackalloc byte[MaxLength];
        var count = Shortest(Math.Abs(value), digits, out var point);
        var sign = value < 0 ? 1 : 0;
        destination[0] = (byte)'-';
        return sign + Layout(digits[..count], point, destination[sign..]);
    }

    // The shortest digits that give the value back, without zeros at either end: value = 0.DIGITS * 10^point.
    private static int Shortest(double value, Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        var mantissa = text[..length];
        var exponent = 0;
        if (mantissa.IndexOf((byte)'E') is >= 0 and var e)
        {
            _ = Utf8Parser.TryParse(mantissa[(e + 1)..], out exponent, out _);
            mantissa = mantissa[..e];
        }

        var dot = mantissa.IndexOf((byte)'.');
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        whole.CopyTo(digits);
        var count = whole.Length;
        if (dot >= 0)
        {
            mantissa[(dot + 1)..].CopyTo(digits[count..]);
            count += mantissa.Length - dot - 1;
        }

        var zeros = digits[..count].IndexOfAnyExcept((byte)'0');
        point = whole.Length - zeros + exponent;
        var trimmed = digits[zeros..count].TrimEnd((byte)'0');
        trimmed.CopyTo(digits);
        return trimmed.Length;
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
        Utf8Formatter.TryFormat(Math.Abs(exponent), destination[length..], out var written);
        return length + written;
    }
}
