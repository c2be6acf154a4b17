namespace Kfm.Gates.Rego.Builtins;

/// <summary>array.*</summary>
internal static class Arrays
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("array.concat", 2, static (_, a) =>
            new RegoArray([.. Operand.Array("array.concat", a, 0).Items, .. Operand.Array("array.concat", a, 1).Items]));
        add("array.reverse", 1, static (_, a) => new RegoArray([.. Operand.Array("array.reverse", a, 0).Items.Reverse()]));
        add("array.slice", 3, Slice);
        add("array.flatten", 1, static (_, a) =>
            new RegoArray([.. Operand.Array("array.flatten", a, 0).Items.SelectMany(static i => i is RegoArray inner ? inner.Items : [i])]));
    }

    private static RegoArray Slice(BuiltinContext context, RegoValue[] a)
    {
        var array = Operand.Array("array.slice", a, 0);
        var start = Math.Max(0, Operand.Int32("array.slice", a, 1));
        var stop = Math.Min(array.Count, Operand.Int32("array.slice", a, 2));
        return start >= stop ? RegoArray.Empty : new RegoArray(array.Span[start..stop].ToArray());
    }
}
