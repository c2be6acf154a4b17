using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>Arithmetic on numbers that are not whole: binary floats with a mantissa of 64 bits, as OPA uses them.</summary>
internal readonly struct BinaryFloat
{
    private const int Precision = 64;
    private const int MaxExponent = 5000;
    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private BinaryFloat(BigInteger mantissa, int exponent) => (_mantissa, _exponent) = Round(mantissa, exponent, sticky: false);

    internal bool IsZero => _mantissa.IsZero;

    internal static BinaryFloat From(string builtin, RegoNumber number)
    {
        if (Math.Abs(number.Exponent) > MaxExponent)
        {
            throw BuiltinException.Failed(builtin, "a number is out of range");
        }

        return number.Exponent >= 0
            ? new BinaryFloat(number.ToBigInteger(), 0)
            : Quotient(number.Mantissa, BigInteger.Pow(10, -number.Exponent), 0);
    }

    internal BinaryFloat Add(BinaryFloat other)
    {
        var exponent = Math.Min(_exponent, other._exponent);
        return new BinaryFloat((_mantissa << (_exponent - exponent)) + (other._mantissa << (other._exponent - exponent)), exponent);
    }

    internal BinaryFloat Negate() => new(-_mantissa, _exponent);

    internal BinaryFloat Multiply(BinaryFloat other) => new(_mantissa * other._mantissa, _exponent + other._exponent);

    internal BinaryFloat Divide(BinaryFloat other) => Quotient(_mantissa, other._mantissa, _exponent - other._exponent);

    /// <summary>The shortest decimal that rounds to this float.</summary>
    internal RegoNumber ToNumber()
    {
        if (_exponent >= 0)
        {
            return RegoNumber.Of(_mantissa << _exponent);
        }

        var exact = BigInteger.Abs(_mantissa) * BigInteger.Pow(5, -_exponent);
        var length = exact.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        for (var digits = 1; digits < 22 && digits < length; digits++)
        {
            var unit = BigInteger.Pow(10, length - digits);
            var shortened = (exact + (unit >> 1)) / unit;
            var candidate = RegoNumber.Of(_mantissa.Sign * shortened, _exponent + length - digits);
            if (From("", candidate).Equals(this))
            {
                return candidate;
            }
        }

        return RegoNumber.Of(_mantissa.Sign * exact, _exponent);
    }

    private bool Equals(BinaryFloat other)
    {
        var exponent = Math.Min(_exponent, other._exponent);
        return _mantissa << (_exponent - exponent) == other._mantissa << (other._exponent - exponent);
    }

    private static BinaryFloat Quotient(BigInteger dividend, BigInteger divisor, int exponent)
    {
        var shift = (int)Math.Max(0, Precision + 2 + divisor.GetBitLength() - dividend.GetBitLength());
        var quotient = BigInteger.DivRem(BigInteger.Abs(dividend) << shift, BigInteger.Abs(divisor), out var rest);
        var (mantissa, power) = Round(quotient, exponent - shift, !rest.IsZero);
        return new BinaryFloat(dividend.Sign * divisor.Sign * mantissa, power);
    }

    /// <summary>Rounds to 64 bits, half to even; sticky says that there was more behind the last bit.</summary>
    private static (BigInteger Mantissa, int Exponent) Round(BigInteger mantissa, int exponent, bool sticky)
    {
        var magnitude = BigInteger.Abs(mantissa);
        var excess = (int)magnitude.GetBitLength() - Precision;
        if (excess <= 0)
        {
            return (mantissa, exponent);
        }

        var kept = magnitude >> excess;
        var rest = magnitude - (kept << excess);
        var half = BigInteger.One << (excess - 1);
        if (rest > half || (rest == half && (sticky || !kept.IsEven)))
        {
            kept += 1;
        }

        return (mantissa.Sign * kept, exponent + excess);
    }
}
