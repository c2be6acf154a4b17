using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>plus, minus, mul, div, rem, abs, round, ceil, floor; minus, and, or on sets.</summary>
internal static class Arithmetic
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("plus", 2, static (_, a) => Add("plus", Operand.Number("plus", a, 0), Operand.Number("plus", a, 1)));
        add("minus", 2, Minus);
        add("mul", 2, static (_, a) => Multiply("mul", Operand.Number("mul", a, 0), Operand.Number("mul", a, 1)));
        add("div", 2, Divide);
        add("rem", 2, Remainder);
        add("abs", 1, static (_, a) => Operand.Number("abs", a, 0) is var n && n.Sign < 0 ? RegoNumber.Of(-n.Mantissa, n.Exponent) : n);
        add("round", 1, static (_, a) => Whole("round", a, 0));
        add("ceil", 1, static (_, a) => Whole("ceil", a, 1));
        add("floor", 1, static (_, a) => Whole("floor", a, -1));
    }

    internal static RegoNumber Add(string builtin, RegoNumber left, RegoNumber right)
    {
        if (left.TryGetInt64(out var l) && right.TryGetInt64(out var r) && unchecked(l + r) is var sum && ((l ^ sum) & (r ^ sum)) >= 0)
        {
            return RegoNumber.Of(sum);
        }

        return AddWide(builtin, left, right);
    }

    private static RegoNumber AddWide(string builtin, RegoNumber left, RegoNumber right) => left.IsInteger && right.IsInteger && Small(left, right)
        ? RegoNumber.Of(left.ToBigInteger() + right.ToBigInteger())
        : BinaryFloat.From(builtin, left).Add(BinaryFloat.From(builtin, right)).ToNumber();

    internal static RegoNumber Multiply(string builtin, RegoNumber left, RegoNumber right) => left.IsInteger && right.IsInteger && Small(left, right)
        ? RegoNumber.Of(left.ToBigInteger() * right.ToBigInteger())
        : BinaryFloat.From(builtin, left).Multiply(BinaryFloat.From(builtin, right)).ToNumber();

    private static bool Small(RegoNumber left, RegoNumber right) => left.Exponent < 5000 && right.Exponent < 5000
        && left.Mantissa.GetBitLength() < 100_000 && right.Mantissa.GetBitLength() < 100_000;

    private static RegoValue Minus(BuiltinContext context, RegoValue[] a)
    {
        switch (a[0], a[1])
        {
            case (RegoNumber left, RegoNumber right):
                return left.IsInteger && right.IsInteger && Small(left, right)
                    ? RegoNumber.Of(left.ToBigInteger() - right.ToBigInteger())
                    : BinaryFloat.From("minus", left).Add(BinaryFloat.From("minus", right).Negate()).ToNumber();
            case (RegoSet left, RegoSet right):
                return left.Where(right, contained: false);
            case (RegoNumber, _):
                throw Operand.Wrong("minus", a, 1, "number");
            case (RegoSet, _):
                throw Operand.Wrong("minus", a, 1, "set");
            default:
                throw Operand.Wrong("minus", a, 0, "one of {number, set}");
        }
    }

    private static RegoNumber Divide(BuiltinContext context, RegoValue[] a)
    {
        var (left, right) = (Operand.Number("div", a, 0), Operand.Number("div", a, 1));
        if (right.Sign == 0)
        {
            throw BuiltinException.Failed("div", "divide by zero");
        }

        if (left.IsInteger && right.IsInteger && Small(left, right))
        {
            var quotient = BigInteger.DivRem(left.ToBigInteger(), right.ToBigInteger(), out var rest);
            if (rest.IsZero)
            {
                return RegoNumber.Of(quotient);
            }
        }

        return BinaryFloat.From("div", left).Divide(BinaryFloat.From("div", right)).ToNumber();
    }

    private static RegoNumber Remainder(BuiltinContext context, RegoValue[] a)
    {
        var (left, right) = (Operand.Number("rem", a, 0), Operand.Number("rem", a, 1));
        if (!left.IsInteger || !right.IsInteger)
        {
            throw BuiltinException.Failed("rem", "modulo on floating-point number");
        }

        if (right.Sign == 0)
        {
            throw BuiltinException.Failed("rem", "modulo by zero");
        }

        return RegoNumber.Of(BigInteger.Remainder(left.ToBigInteger(), right.ToBigInteger()));
    }

    /// <summary>Rounds up (1), down (-1) or half away from zero (0).</summary>
    private static RegoNumber Whole(string builtin, RegoValue[] a, int direction)
    {
        var number = Operand.Number(builtin, a, 0);
        if (number.IsInteger)
        {
            return number;
        }

        if (number.Exponent < -5000)
        {
            throw BuiltinException.Failed(builtin, "a number is out of range");
        }

        var unit = BigInteger.Pow(10, -number.Exponent);
        var floor = BigInteger.DivRem(number.Mantissa, unit, out var rest);
        if (rest.Sign < 0)
        {
            floor -= 1;
            rest += unit;
        }

        var up = direction == 0 ? (number.Sign < 0 ? rest * 2 > unit : rest * 2 >= unit) : direction > 0;
        return RegoNumber.Of(up ? floor + 1 : floor);
    }
}
