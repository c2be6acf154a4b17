namespace Kfm.Gates.Rego.Syntax;

/// <summary>A place in a module: row and column from 1, in code points.</summary>
internal readonly record struct Location(string File, int Row, int Col)
{
    internal RegoError Error(string code, string message) => new(code, message, File, Row, Col);
}
