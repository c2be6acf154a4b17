namespace Kfm.Gates.CSharp;

/// <summary>The cyclomatic complexity of a method, accessor, operator, local function, or of the statements at the top of a program.</summary>
/// <param name="Name">The name with its types, for example <c>Parser.Read</c>.</param>
/// <param name="Line">The first line, from 1.</param>
/// <param name="EndLine">The last line.</param>
/// <param name="Complexity">
/// One more than the branches: if, while, do, for, foreach, case, an arm of a switch expression that is not <c>_</c>, catch, <c>?:</c>, <c>&amp;&amp;</c>,
/// <c>||</c>, <c>??</c>, <c>??=</c>, and, or. Branches of a lambda count for the method that holds it, those of a local function for itself.
/// </param>
public sealed record MethodComplexity(string Name, int Line, int EndLine, int Complexity);
