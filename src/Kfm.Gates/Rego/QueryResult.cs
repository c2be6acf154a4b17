namespace Kfm.Gates.Rego;

/// <summary>What a query answers: no row when it is undefined.</summary>
public sealed class QueryResult
{
    internal QueryResult(IReadOnlyList<QueryRow> rows) => Rows = rows;

    /// <summary>The solutions.</summary>
    public IReadOnlyList<QueryRow> Rows { get; }

    /// <summary>Whether there is a solution.</summary>
    public bool IsDefined => Rows.Count > 0;

    /// <summary>The value of the last expression in the first row; null when undefined.</summary>
    public RegoValue? Value => Rows.Count > 0 && Rows[0].Expressions.Count > 0 ? Rows[0].Expressions[^1].Value : null;

    /// <summary>The canonical JSON (RFC 8785) of <see cref="Value"/>; null when undefined.</summary>
    /// <exception cref="Provenance.Json.JsonFormatException">A number is outside of the range of IEEE 754 doubles.</exception>
    public byte[]? ToCanonicalJson() => Value?.ToCanonicalJson();
}
