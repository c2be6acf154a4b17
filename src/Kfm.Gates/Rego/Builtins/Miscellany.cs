namespace Kfm.Gates.Rego.Builtins;

/// <summary>print, trace, opa.runtime, time.now_ns and what else asks the host.</summary>
internal static class Miscellany
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("trace", 1, static (_, a) => RegoValue.Of(Operand.Text("trace", a, 0).Length >= 0));
        add("opa.runtime", 0, static (c, _) => c.Options.Runtime
            ?? throw BuiltinException.Failed("opa.runtime", "the host gives policies no runtime; set EvaluateOptions.Runtime"));
        add("walk", 1, static (_, _) => throw new InvalidOperationException("walk is planned as an iteration"));
        add("time.now_ns", 0, static (c, _) => c.Now);
    }
}
