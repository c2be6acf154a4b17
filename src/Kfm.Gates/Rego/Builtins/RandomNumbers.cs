using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>rand.intn: a number from 0 up to, not including, the second operand; the same for the same operands.</summary>
internal static class RandomNumbers
{
    private const string Name = "rand.intn";

    internal static void Register(Action<string, int, Builtin> add) => add(Name, 2, static (context, a) =>
    {
        var (key, bound) = (Operand.Text(Name, a, 0), BigInteger.Abs(Operand.Integer(Name, a, 1)));

        // 256 bits over a bound of 64: what the remainder favours is beyond measure.
        return bound.IsZero ? RegoValue.Of(0) : RegoNumber.Of(new BigInteger(context.Random(Name, $"{key}\0{bound}"), isUnsigned: true) % bound);
    });
}
