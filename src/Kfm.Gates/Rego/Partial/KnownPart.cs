using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Evaluates what depends on nothing unknown.</summary>
internal sealed class KnownPart(CompiledPolicy policy, RegoValue? input, EvaluateOptions options)
{
    private static readonly VarTerm Answer = new(default, "answer#0");

    /// <summary>The solutions: the variables that the expression binds, with their values.</summary>
    internal IEnumerable<IEnumerable<(string Name, RegoValue Value)>> Solve(Expr expr)
    {
        var errors = new List<RegoError>();
        var (plan, collector) = new Planner(new FunctionNames(policy.Root, policy.Options, policy.Root.Ids.Copy()), errors).PlanQuery([expr], unique: true);
        PolicyCompiler.ThrowIfAny(errors);
        try
        {
            return new PreparedQuery(policy, "", plan, collector).Evaluate(input, options).Rows
                .Select(r => r.Bindings.Members.Select(m => (((RegoString)m.Key).Text, m.Value)));
        }
        catch (RegoEvaluationException e) when (e.Code is not (RegoEvaluationException.Limit or RegoEvaluationException.Cancel))
        {
            // A test of the unknowns before it may fail, so that the conflict would not be met.
            throw new KeptWholeException();
        }
    }

    /// <summary>The value of a term without variables; null when it is undefined.</summary>
    internal RegoValue? Value(Term term)
    {
        var equal = new TermExpr(term.Location, new CallTerm(term.Location, new VarTerm(term.Location, "eq"), [Answer, term]));
        return Solve(equal).Select(r => r.Single().Value).FirstOrDefault();
    }
}
