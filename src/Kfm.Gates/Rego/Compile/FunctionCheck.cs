using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Every call names a function that there is, with as many arguments as it takes (as an expression of a body or one more, its output).</summary>
internal sealed class FunctionCheck(FunctionNames functions, List<RegoError> errors) : TermVisitor
{
    private Term? _statement;

    internal void CheckAll(PolicyNode root)
    {
        foreach (var rule in root.Descendants().SelectMany(n => n.Rules))
        {
            Visit(rule.Rule);
        }
    }

    protected override void VisitExpression(Expr expr) => _statement = (expr as TermExpr)?.Term;

    protected override void VisitWith(WithModifier with)
    {
        if (with.IsFunction && functions.Arity(with.Target) is { } target && functions.Arity(with.Value) is { } value && target != value)
        {
            errors.Add(with.Location.Error("rego_type_error", $"{Planner.CallName(with.Target)}: arity mismatch"));
        }
    }

    protected override void VisitCall(CallTerm call)
    {
        var name = Planner.CallName(call.Target);
        var place = call.Location;
        if (call.Target is VarTerm { Name: "print" })
        {
            return;
        }

        if (functions.Arity(call.Target) is not { } arity)
        {
            errors.Add(place.Error("rego_type_error", $"undefined function {name}"));
            return;
        }

        var count = call.Arguments.Length;
        if (count != arity && (count != arity + 1 || !ReferenceEquals(call, _statement)))
        {
            errors.Add(place.Error("rego_type_error", functions.Function(call.Target) is null
                ? $"{name}: arity mismatch"
                : $"function {name} has arity {arity}, got {count} argument{(count == 1 ? "" : "s")}"));
        }

        if (!functions.Options.V0 && functions.Function(call.Target) is null && BuiltinTable.IsDeprecated(name))
        {
            errors.Add(place.Error("rego_type_error", $"deprecated built-in function calls in expression: {name}"));
        }
    }
}
