using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>An exact number: mantissa times ten to an exponent. Its text is kept as it was written.</summary>
public sealed class RegoNumber : RegoValue
{
    private const int SmallLow = -128;
    private const int MaxIntegerExponent = 500;
    private static readonly RegoNumber[] Small = MakeSmall();

    private readonly long _long;
    private readonly Wide? _wide;
    private string? _text;

    private static RegoNumber[] MakeSmall()
    {
        var small = new RegoNumber[1152];
        for (var i = 0; i < small.Length; i++)
        {
            small[i] = new RegoNumber(SmallLow + i);
        }

        return small;
    }

    private RegoNumber(long value)
        : base(RegoKind.Number) => _long = value;

    private RegoNumber(BigInteger mantissa, int exponent, string? text)
        : base(RegoKind.Number)
    {
        (mantissa, exponent) = Normalise(mantissa, exponent);
        if (exponent == 0 && mantissa >= long.MinValue && mantissa <= long.MaxValue)
        {
            _long = (long)mantissa;
        }
        else
        {
            _wide = new Wide(mantissa, exponent);
        }

        _text = text;
    }

    /// <summary>Whether the value is a whole number, however it was written.</summary>
    public bool IsInteger => _wide is null || _wide.Exponent >= 0;

    internal BigInteger Mantissa => _wide?.Mantissa ?? _long;

    internal int Exponent => _wide?.Exponent ?? 0;

    internal int Sign => _wide?.Mantissa.Sign ?? Math.Sign(_long);

    internal string Text => _text ??= _wide is null ? _long.ToString(CultureInfo.InvariantCulture) : DecimalText.Format(_wide.Mantissa, _wide.Exponent);

    /// <summary>Reads a number in JSON's grammar.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number, when the text is one and its exponent lies within a million.</param>
    public static bool TryParse(string text, out RegoNumber number)
    {
        ArgumentNullException.ThrowIfNull(text);
        number = Small[-SmallLow];
        if (!DecimalText.TryParse(text, out var mantissa, out var exponent))
        {
            return false;
        }

        number = new RegoNumber(mantissa, exponent, text);
        return true;
    }

    internal static new RegoNumber Of(long value) =>
        value >= SmallLow && value < SmallLow + Small.Length ? Small[value - SmallLow] : new RegoNumber(value);

    internal static RegoNumber Of(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : new RegoNumber(value, 0, null);

    internal static RegoNumber Of(BigInteger mantissa, int exponent) => new(mantissa, exponent, null);

    /// <summary>The shortest decimal that reads back as the double.</summary>
    internal static RegoNumber Of(double value) =>
        TryParse(value.ToString("R", CultureInfo.InvariantCulture), out var number) ? Of(number.Mantissa, number.Exponent) : Small[-SmallLow];

    internal bool TryGetInt64(out long value)
    {
        value = _long;
        return _wide is null;
    }

    internal bool TryGetInt32(out int value)
    {
        value = (int)Math.Clamp(_long, int.MinValue, int.MaxValue);
        return _wide is null && value == _long;
    }

    /// <summary>The whole number; only for values that are one.</summary>
    internal BigInteger ToBigInteger() => Exponent <= 0 ? Mantissa : Mantissa * BigInteger.Pow(10, Exponent);

    internal double ToDouble() => _wide is null ? _long
        : double.Parse(string.Create(CultureInfo.InvariantCulture, $"{Mantissa}e{Exponent}"), NumberStyles.Float, CultureInfo.InvariantCulture);

    internal override void Print(StringBuilder text) => text.Append(Text);

    private protected override int CompareSameKind(RegoValue other)
    {
        var right = (RegoNumber)other;
        if (_wide is null && right._wide is null)
        {
            return _long.CompareTo(right._long);
        }

        return Sign != right.Sign || Sign == 0 ? Sign.CompareTo(right.Sign) : CompareWide(Mantissa, Exponent, right.Mantissa, right.Exponent);
    }

    private static int CompareWide(BigInteger left, int leftExponent, BigInteger right, int rightExponent)
    {
        // Far apart magnitudes are told by their digits, so that 1e1000000 is never written out.
        var magnitude = Digits(left) + leftExponent;
        var otherMagnitude = Digits(right) + rightExponent;
        if (magnitude != otherMagnitude)
        {
            return magnitude.CompareTo(otherMagnitude) * left.Sign;
        }

        var common = Math.Min(leftExponent, rightExponent);
        return (left * BigInteger.Pow(10, leftExponent - common)).CompareTo(right * BigInteger.Pow(10, rightExponent - common));
    }

    private protected override bool EqualsSameKind(RegoValue other)
    {
        var right = (RegoNumber)other;
        return _wide is null || right._wide is null
            ? _wide is null && right._wide is null && _long == right._long
            : _wide.Exponent == right._wide.Exponent && _wide.Mantissa == right._wide.Mantissa;
    }

    private protected override int ComputeHash() => _wide is null ? _long.GetHashCode() ^ 0x5bd1e995 : HashCode.Combine(_wide.Mantissa, _wide.Exponent);

    private static int Digits(BigInteger value) => BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).Length;

    private static (BigInteger Mantissa, int Exponent) Normalise(BigInteger mantissa, int exponent)
    {
        if (mantissa.IsZero)
        {
            return (mantissa, 0);
        }

        while (exponent < 0)
        {
            var quotient = BigInteger.DivRem(mantissa, 10, out var rest);
            if (!rest.IsZero)
            {
                return (mantissa, exponent);
            }

            (mantissa, exponent) = (quotient, exponent + 1);
        }

        if (exponent > 0 && exponent <= MaxIntegerExponent)
        {
            return (mantissa * BigInteger.Pow(10, exponent), 0);
        }

        while (exponent > 0)
        {
            var quotient = BigInteger.DivRem(mantissa, 10, out var rest);
            if (!rest.IsZero)
            {
                break;
            }

            (mantissa, exponent) = (quotient, exponent + 1);
        }

        return (mantissa, exponent);
    }

    /// <summary>What no long holds: fractions and big integers.</summary>
    private sealed record Wide(BigInteger Mantissa, int Exponent);
}
