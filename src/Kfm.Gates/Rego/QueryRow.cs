namespace Kfm.Gates.Rego;

/// <summary>One solution of a query.</summary>
/// <param name="Bindings">The variables that the query names, with their values.</param>
/// <param name="Expressions">The expressions with their values, in the order of the query.</param>
public sealed record QueryRow(RegoObject Bindings, IReadOnlyList<QueryExpression> Expressions);
