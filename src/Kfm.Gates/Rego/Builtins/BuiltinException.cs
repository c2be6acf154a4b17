namespace Kfm.Gates.Rego.Builtins;

/// <summary>A builtin refuses its operands. Never leaves the evaluation as it is.</summary>
internal sealed class BuiltinException(string code, string message, bool halts = false) : Exception(message)
{
    internal string Code { get; } = code;

    /// <summary>Whether it ends the evaluation even when builtin errors are not strict.</summary>
    internal bool Halts { get; } = halts;

    internal static BuiltinException Failed(string builtin, string message) =>
        new(RegoEvaluationException.Builtin, $"{builtin}: {message}");

    internal static BuiltinException Operand(string builtin, int position, string message) =>
        new(RegoEvaluationException.Type, $"{builtin}: operand {position} {message}");
}
