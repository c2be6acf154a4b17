using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>bits.*</summary>
internal static class Bits
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("bits.and", 2, static (_, a) => RegoNumber.Of(Operand.Integer("bits.and", a, 0) & Operand.Integer("bits.and", a, 1)));
        add("bits.or", 2, static (_, a) => RegoNumber.Of(Operand.Integer("bits.or", a, 0) | Operand.Integer("bits.or", a, 1)));
        add("bits.xor", 2, static (_, a) => RegoNumber.Of(Operand.Integer("bits.xor", a, 0) ^ Operand.Integer("bits.xor", a, 1)));
        add("bits.negate", 1, static (_, a) => RegoNumber.Of(-Operand.Integer("bits.negate", a, 0) - 1));
        add("bits.lsh", 2, static (c, a) => Shift(c, "bits.lsh", a, 1));
        add("bits.rsh", 2, static (c, a) => Shift(c, "bits.rsh", a, -1));
    }

    private static RegoNumber Shift(BuiltinContext context, string builtin, RegoValue[] a, int direction)
    {
        var value = Operand.Integer(builtin, a, 0);
        var count = Operand.Integer(builtin, a, 1);
        if (count.Sign < 0)
        {
            throw BuiltinException.Operand(builtin, 2, "must be an unsigned integer number but got a negative integer");
        }

        context.CheckSize(direction > 0 ? (long)BigInteger.Min(count, long.MaxValue) : 0);
        var shift = (int)BigInteger.Min(count, int.MaxValue);
        return RegoNumber.Of(direction > 0 ? value << shift : value >> shift);
    }
}
