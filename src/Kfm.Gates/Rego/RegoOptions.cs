namespace Kfm.Gates.Rego;

/// <summary>How modules are read and compiled.</summary>
public sealed record RegoOptions
{
    /// <summary>Rego v0 syntax instead of v1. The default is v1.</summary>
    public bool V0 { get; init; }

    /// <summary>OPA's strict mode: unused variables and imports are errors too.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Whether <c>not</c> denies the outermost call or comparison only, as OPA reads it in a module without <c>import future.keywords.not</c>: what that is
    /// computed from stands before it, and is undefined with it. The default is false: <c>not</c> denies the whole expression in every module, so that
    /// a rule which asks for what is missing holds when it is missing.
    /// </summary>
    public bool OuterNegation { get; init; }

    /// <summary>Record which lines an evaluation reached; costs time.</summary>
    public bool Coverage { get; init; }

    /// <summary>
    /// JSON schemas for the type check: the one named <c>schema</c> describes the input, others are those that <c>schemas</c> annotations name,
    /// such as <c>schema.deployment</c>.
    /// </summary>
    public IReadOnlyDictionary<string, RegoValue> Schemas { get; init; } = new Dictionary<string, RegoValue>(StringComparer.Ordinal);

    /// <summary>Report the steps of an evaluation to <see cref="EvaluateOptions.Trace"/>; costs time. A policy compiled without it pays nothing.</summary>
    public bool Trace { get; init; }

    /// <summary>Whether plans keep the order and the number of all steps, because someone watches.</summary>
    internal bool Watched => Coverage || Trace;

    /// <summary>Builtins of the host, beside those of the language; of two with one name the last one counts.</summary>
    public IReadOnlyList<CustomBuiltin> Builtins { get; init; } = [];

    /// <summary>The builtin of the host with this name; null when there is none.</summary>
    internal CustomBuiltin? FindBuiltin(string name) => Builtins.LastOrDefault(b => string.Equals(b.Name, name, StringComparison.Ordinal));

    /// <summary>Builtins that are declared without an implementation: calling one is an evaluation error. Name to number of arguments.</summary>
    public IReadOnlyDictionary<string, int> ExtraBuiltins { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
}
