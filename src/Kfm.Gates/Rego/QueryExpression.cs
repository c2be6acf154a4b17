namespace Kfm.Gates.Rego;

/// <summary>The value of one expression of a query.</summary>
/// <param name="Text">The source text of the expression.</param>
/// <param name="Value">Its value.</param>
/// <param name="Row">The line in the query, from 1.</param>
/// <param name="Col">The column in the query, from 1.</param>
public sealed record QueryExpression(string Text, RegoValue Value, int Row, int Col);
