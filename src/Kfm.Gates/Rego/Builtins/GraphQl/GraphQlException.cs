namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>A document is not GraphQL, or is not valid. Never leaves the builtins.</summary>
internal sealed class GraphQlException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
