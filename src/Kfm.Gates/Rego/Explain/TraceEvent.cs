namespace Kfm.Gates.Rego;

/// <summary>A step of an evaluation. Events come in the order of evaluation; what was evaluated before and is kept is not reported again.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Depth">How many rules and functions are being evaluated around it; 0 in the query.</param>
/// <param name="Rule">The path of the rule, such as <c>data.kfm.deny</c>; empty in a query.</param>
/// <param name="BodyRow">The line on which the body's rule begins, 0 in a query.</param>
/// <param name="Text">The source text of the expression; empty for bodies.</param>
/// <param name="Value">What the body gives, for <see cref="TraceKind.Exit"/>; for an object's member its value.</param>
/// <param name="Path">The path of the module; empty in a query.</param>
/// <param name="Row">The line, from 1.</param>
/// <param name="Col">The column in code points, from 1.</param>
public sealed record TraceEvent(TraceKind Kind, int Depth, string Rule, int BodyRow, string Text, RegoValue? Value, string Path, int Row, int Col);
