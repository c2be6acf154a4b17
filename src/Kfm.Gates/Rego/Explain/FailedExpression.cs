namespace Kfm.Gates.Rego;

/// <summary>An expression that was false or undefined.</summary>
/// <param name="Text">Its source text.</param>
/// <param name="Row">The line, from 1.</param>
/// <param name="Col">The column in code points, from 1.</param>
/// <param name="Count">How often it failed.</param>
public sealed record FailedExpression(string Text, int Row, int Col, int Count);
