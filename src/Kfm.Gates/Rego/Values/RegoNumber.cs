using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>An exact number: mantissa times ten to an exponent. Its text is kept as it was written.</summary>
public sealed class RegoNumber : RegoValue
{
    private const int SmallLow = -128;
    private const int MaxIntegerExponent = 500;
    private static readonly RegoNumber[] Small = [.. Enumerable.Range(SmallLow, 1152).Select(n => new RegoNumber(n))];

    private readonly long _long;
    private readonly bool _isLong;
    private readonly BigInteger _mantissa;
    private readonly int _exponent;
    private string? _text;

    private RegoNumber(long value)
    {
        _long = value;
        _isLong = true;
        _mantissa = value;
    }

    private RegoNumber(BigInteger mantissa, int exponent, string? text)
    {
        (_mantissa, _exponent) = Normalise(mantissa, exponent);
        _isLong = _exponent == 0 && _mantissa >= long.MinValue && _mantissa <= long.MaxValue;
        _long = _isLong ? (long)_mantissa : 0;
        _text = text;
    }

    /// <inheritdoc/>
    public override RegoKind Kind => RegoKind.Number;

    /// <summary>Whether the value is a whole number, however it was written.</summary>
    public bool IsInteger => _exponent >= 0;

    internal BigInteger Mantissa => _mantissa;

    internal int Exponent => _exponent;

    internal int Sign => _mantissa.Sign;

    internal string Text => _text ??= _isLong ? _long.ToString(CultureInfo.InvariantCulture) : DecimalText.Format(_mantissa, _exponent);

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
        TryParse(value.ToString("R", CultureInfo.InvariantCulture), out var number) ? Of(number._mantissa, number._exponent) : Small[-SmallLow];

    internal bool TryGetInt64(out long value)
    {
        value = _long;
        return _isLong;
    }

    internal bool TryGetInt32(out int value)
    {
        value = (int)Math.Clamp(_long, int.MinValue, int.MaxValue);
        return _isLong && value == _long;
    }

    /// <summary>The whole number; only for values that are one.</summary>
    internal BigInteger ToBigInteger() => _exponent <= 0 ? _mantissa : _mantissa * BigInteger.Pow(10, _exponent);

    internal double ToDouble() => _isLong ? _long
        : double.Parse(string.Create(CultureInfo.InvariantCulture, $"{_mantissa}e{_exponent}"), NumberStyles.Float, CultureInfo.InvariantCulture);

    internal override void Print(StringBuilder text) => text.Append(Text);

    private protected override int CompareSameKind(RegoValue other)
    {
        var right = (RegoNumber)other;
        if (_isLong && right._isLong)
        {
            return _long.CompareTo(right._long);
        }

        if (_mantissa.Sign != right._mantissa.Sign || _mantissa.IsZero)
        {
            return _mantissa.Sign.CompareTo(right._mantissa.Sign);
        }

        // Far apart magnitudes are told by their digits, so that 1e1000000 is never written out.
        var magnitude = Digits(_mantissa) + _exponent;
        var otherMagnitude = Digits(right._mantissa) + right._exponent;
        if (magnitude != otherMagnitude)
        {
            return magnitude.CompareTo(otherMagnitude) * _mantissa.Sign;
        }

        var common = Math.Min(_exponent, right._exponent);
        return (_mantissa * BigInteger.Pow(10, _exponent - common)).CompareTo(right._mantissa * BigInteger.Pow(10, right._exponent - common));
    }

    private protected override bool EqualsSameKind(RegoValue other)
    {
        var right = (RegoNumber)other;
        return _exponent == right._exponent && _mantissa == right._mantissa;
    }

    private protected override int ComputeHash() => _isLong ? _long.GetHashCode() ^ 0x5bd1e995 : HashCode.Combine(_mantissa, _exponent);

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
}
