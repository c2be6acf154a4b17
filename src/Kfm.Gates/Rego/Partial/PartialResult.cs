namespace Kfm.Gates.Rego;

/// <summary>What is left of a condition: it holds when one of the queries does.</summary>
public sealed class PartialResult
{
    private readonly CompiledPolicy _policy;

    internal PartialResult(CompiledPolicy policy, IReadOnlyList<IReadOnlyList<Syntax.Expr>> bodies)
    {
        _policy = policy;
        Bodies = bodies.Any(static b => b.Count == 0) ? [[]] : bodies;
        Queries = [.. Bodies.Select(Partial.ResidualText.Body)];
    }

    /// <summary>The residual queries as Rego. Those that call rules of the policy are to be evaluated with it, see <see cref="Holds"/>.</summary>
    public IReadOnlyList<string> Queries { get; }

    /// <summary>Whether the condition holds whatever the unknowns are.</summary>
    public bool Always => Bodies.Any(b => b.Count == 0);

    /// <summary>Whether the condition cannot hold.</summary>
    public bool Never => Bodies.Count == 0;

    internal IReadOnlyList<IReadOnlyList<Syntax.Expr>> Bodies { get; }

    /// <summary>Whether the condition holds for an input; what was known counts as it was, only the unknowns are read.</summary>
    /// <param name="input">The input.</param>
    /// <param name="options">What the evaluation takes from outside; null for the defaults.</param>
    /// <exception cref="RegoEvaluationException">The evaluation was abandoned.</exception>
    public bool Holds(RegoValue input, EvaluateOptions? options = null) =>
        Always || Queries.Any(q => _policy.Prepare(q).Evaluate(input, options).Rows.Any(static r => r.Expressions.All(static e => !e.Value.IsFalse)));
}
