namespace Kfm.Gates.Scanning;

/// <summary>A text that tries to instruct whoever reads it as a model. It says where, never what.</summary>
/// <param name="Rule">The id of the rule that found it, for example <c>override</c>.</param>
/// <param name="Line">The line from 1.</param>
public sealed record InjectionFinding(string Rule, int Line);
