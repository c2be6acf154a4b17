namespace Kfm.Gates.Rego.Builtins;

/// <summary>A builtin function; null is undefined. The array of the arguments is used again after the call: it is not to be kept.</summary>
internal delegate RegoValue? Builtin(BuiltinContext context, RegoValue[] arguments);
