using System.Numerics;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>numbers.range, numbers.range_step, rand.intn.</summary>
internal static class Numbers
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("numbers.range", 2, static (c, a) => Range(c, "numbers.range", a, BigInteger.One));
        add("numbers.range_step", 3, static (c, a) => Operand.Integer("numbers.range_step", a, 2) is { Sign: > 0 } step
            ? Range(c, "numbers.range_step", a, step)
            : throw BuiltinException.Failed("numbers.range_step", "step must be a positive integer"));
    }

    private static RegoArray Range(BuiltinContext context, string builtin, RegoValue[] a, BigInteger step)
    {
        var (from, to) = (Operand.Integer(builtin, a, 0), Operand.Integer(builtin, a, 1));
        var count = (BigInteger.Abs(to - from) / step) + 1;
        context.CheckSize((long)BigInteger.Min(count, long.MaxValue));
        var items = new RegoValue[(int)count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = RegoNumber.Of(from <= to ? from + (step * i) : from - (step * i));
        }

        return new RegoArray(items);
    }
}
