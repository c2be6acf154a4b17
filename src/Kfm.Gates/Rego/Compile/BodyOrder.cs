using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Puts the expressions of a body into an order in which every variable is bound before it is needed.</summary>
internal sealed class BodyOrder(Outputs outputs, List<RegoError> errors)
{
    /// <summary>Orders the body; adds to the bound variables what it binds. Variables that nothing binds are errors.</summary>
    internal List<Expr> Order(Expr[] body, HashSet<string> bound)
    {
        var ordered = new List<Expr>();
        var rest = body.ToList();
        var bodyVariables = new HashSet<string>(bound, StringComparer.Ordinal);
        rest.ForEach(e => Variables.Open(e, bodyVariables));
        bool progress;
        do
        {
            progress = false;
            for (var i = 0; i < rest.Count; i++)
            {
                var after = outputs.Of(rest[i], bound);
                if (Missing(rest[i], after, bound, bodyVariables).Count > 0)
                {
                    continue;
                }

                bound.UnionWith(after);
                ordered.Add(rest[i]);
                rest.RemoveAt(i--);
                progress = true;
            }
        }
        while (progress && rest.Count > 0);
        Report(rest, bound, bodyVariables);
        return ordered;
    }

    private static HashSet<string> Missing(Expr expr, HashSet<string> after, HashSet<string> bound, HashSet<string> bodyVariables)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        Variables.Open(expr, missing);
        foreach (var with in expr.Withs)
        {
            // The values of with are computed before the expression binds anything.
            var needed = new HashSet<string>(StringComparer.Ordinal);
            Variables.Open(with.IsFunction ? null : with.Value, needed);
            needed.ExceptWith(bound);
            if (needed.Count > 0)
            {
                return needed;
            }
        }

        missing.ExceptWith(after);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        Variables.Closed(expr, closed);
        closed.IntersectWith(bodyVariables);
        closed.ExceptWith(bound);
        missing.UnionWith(closed);
        return missing;
    }

    private void Report(List<Expr> rest, HashSet<string> bound, HashSet<string> bodyVariables)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var expr in rest)
        {
            foreach (var name in Missing(expr, outputs.Of(expr, bound), bound, bodyVariables).Order(StringComparer.Ordinal))
            {
                if (reported.Add(name))
                {
                    var place = expr is EveryExpr every ? every.Domain.Location : expr.Location;
                    errors.Add(place.Error("rego_unsafe_var_error", $"var {Scope.SourceName(name)} is unsafe"));
                }
            }
        }

        bound.UnionWith(reported);
    }
}
