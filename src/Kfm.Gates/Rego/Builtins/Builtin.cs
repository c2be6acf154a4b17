namespace Kfm.Gates.Rego.Builtins;

/// <summary>A builtin function; null is undefined.</summary>
internal delegate RegoValue? Builtin(BuiltinContext context, RegoValue[] arguments);
