namespace Kfm.Gates.CSharp;

/// <summary>A place where a file is not C# as the parser knows it.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong.</param>
public sealed record SyntaxProblem(int Line, int Column, string Message);
