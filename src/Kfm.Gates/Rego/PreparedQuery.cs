using Kfm.Gates.Rego.Evaluate;

namespace Kfm.Gates.Rego;

/// <summary>A query over a policy set: immutable and safe for use by many threads.</summary>
public sealed class PreparedQuery
{
    private readonly BodyPlan _plan;
    private readonly int _collector;

    internal PreparedQuery(CompiledPolicy policy, string query, BodyPlan plan, int collector)
    {
        Policy = policy;
        Query = query;
        _plan = plan;
        _collector = collector;
    }

    /// <summary>The policy set.</summary>
    public CompiledPolicy Policy { get; }

    /// <summary>The source text of the query.</summary>
    public string Query { get; }

    /// <summary>Evaluates the query.</summary>
    /// <param name="input">The input document; null when there is none, so that input is undefined.</param>
    /// <param name="options">What the evaluation takes from outside; null for the defaults.</param>
    /// <exception cref="RegoEvaluationException">The evaluation was abandoned: conflict, limit, cancellation, strict builtin error.</exception>
    public QueryResult Evaluate(RegoValue? input, EvaluateOptions? options = null)
    {
        var used = options ?? EvaluateOptions.Default;
        var scratch = Scratch.Rent();
        var evaluation = Evaluation.Begin(Policy.Root, input, used.Data ?? RegoObject.Empty, scratch.State.Begin(used));
        var frame = scratch.Enter(evaluation, _plan);
        var rows = scratch.Rows;
        frame.Collectors[_collector] = rows;
        _plan.Start.Run(frame);
        scratch.Leave();
        evaluation.End();
        var result = new QueryResult(rows.Count == 0 ? [] : rows.ToArray());
        scratch.Return();
        return result;
    }
}
