using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Expressions: negation, every, some in, calls, with.</summary>
internal sealed partial class Planner
{
    private void Plan(Expr expr)
    {
        var outer = _place;
        _place ??= expr.Location;
        PlanTraced(expr);
        _place = outer;
    }

    private void PlanTraced(Expr expr)
    {
        if (!_functions.Options.Trace)
        {
            PlanExpression(expr);
            return;
        }

        var collector = _collectors++;
        _steps.Add(new TraceExpressionStep(_traced, expr, collector));
        PlanExpression(expr);
        _steps.Add(new TraceHoldsStep(collector));
    }

    private void PlanExpression(Expr expr)
    {
        if (_functions.Options.Coverage)
        {
            _steps.Add(new CoverStep(expr.Location));
        }

        if (expr.Negated)
        {
            _steps.Add(new NotStep(Nested(() =>
            {
                PlanWith(expr);
                return new FoundStep();
            })));
            return;
        }

        PlanWith(expr);
    }

    private void PlanWith(Expr expr)
    {
        if (expr.Withs.Length == 0)
        {
            PlanBare(expr);
            return;
        }

        var changes = expr.Withs.Select(Change).OfType<WithChange>().ToArray();
        var collector = _collectors++;
        _steps.Add(new WithStep(changes, collector));
        PlanBare(expr);
        _steps.Add(new EndWithStep(collector));
    }

    private WithChange? Change(WithModifier with)
    {
        var (root, path) = with.Target is RefTerm reference ? (reference.Head as VarTerm, reference.Path) : (with.Target as VarTerm, []);
        var names = path.Select(p => p is ScalarTerm { Value: RegoString s } ? s.Text : null).ToArray();
        if (_functions.Arity(with.Target) is { } arity)
        {
            return Mocking(with, arity);
        }

        if (root?.Name is not ("input" or "data") || names.Contains(null))
        {
            const string message = "with keyword target must reference existing input, data, or a function";
            _errors.Add(with.Target.Location.Error("rego_type_error", message));
            return null;
        }

        var value = ValueOf(with.Value);
        return root.Name == "input" ? new WithInput(names!, value) : new WithData(names!, value);
    }

    private WithFunction? Mocking(WithModifier with, int arity)
    {
        var name = CallName(with.Target);
        if (!with.IsFunction || _functions.Arity(with.Value) is not { } replacement)
        {
            return new WithFunction(name, ValueOf(with.Value), null);
        }

        if (replacement != arity)
        {
            _errors.Add(with.Value.Location.Error("rego_type_error", $"{CallName(with.Value)}: arity mismatch"));
            return null;
        }

        if (_functions.Function(with.Value) is { } node)
        {
            return new WithFunction(name, null, () => new Mock(null, null, (FunctionDocument)node.Document!));
        }

        var builtin = BuiltinOf(CallName(with.Value));
        return new WithFunction(name, null, () => new Mock(null, builtin, null));
    }

    internal static string CallName(Term target) => target switch
    {
        VarTerm name => name.Name,
        RefTerm { Head: VarTerm head } reference => string.Join(
            '.', reference.Path.Select(p => p is ScalarTerm { Value: RegoString s } ? s.Text : "_").Prepend(head.Name)),
        _ => "",
    };

    private void PlanBare(Expr expr)
    {
        switch (expr)
        {
            case SomeInExpr some:
                var deferred = new List<DeferredTerm>();
                var domain = ValueOf(some.Domain);
                var key = some.Key is null ? AnyPattern.Instance : PatternOf(some.Key, deferred);
                var value = PatternOf(some.Value, deferred);
                _steps.Add(new IterateStep(domain, key, value, expr.Location));
                PlanDeferred(deferred);
                break;
            case EveryExpr every:
                PlanEvery(every);
                break;
            case TermExpr { Term: CallTerm call }:
                PlanCall(call);
                break;
            case TermExpr term:
                _steps.Add(new TrueStep(ValueOf(term.Term)));
                break;
        }
    }

    private void PlanEvery(EveryExpr every)
    {
        var domain = Slot(ValueOf(every.Domain));
        var members = Nested(() =>
        {
            var key = every.Key is null ? AnyPattern.Instance : PatternOf(every.Key, []);
            var value = PatternOf(every.Value, []);
            _steps.Add(new IterateStep(domain, key, value, every.Location));
            _steps.Add(new NotStep(NestedBody(every.Body, static () => new FoundStep())));
            return new FoundStep();
        });
        _steps.Add(new EveryStep(domain, members));
    }

    private void PlanCall(CallTerm call)
    {
        if (call.Target is VarTerm { Name: "eq" } && call.Arguments.Length == 2)
        {
            PlanUnify(call.Arguments[0], call.Arguments[1]);
            return;
        }

        if (call.Target is VarTerm { Name: "print" })
        {
            _steps.Add(new PrintStep([.. call.Arguments.Select(TemplatePart)]));
            return;
        }

        if (call.Target is VarTerm { Name: "walk" } && call.Arguments.Length == 2)
        {
            var start = ValueOf(call.Arguments[0]);
            var deferred = new List<DeferredTerm>();
            _steps.Add(new WalkStep(start, PatternOf(call.Arguments[1], deferred), call.Location));
            PlanDeferred(deferred);
            return;
        }

        if (_functions.Arity(call.Target) is { } arity && call.Arguments.Length == arity + 1)
        {
            var value = CallOf(new CallTerm(call.Location, call.Target, call.Arguments[..arity]));
            Match(value, call.Arguments[arity]);
            return;
        }

        var term = CallOf(call);
        _steps.Add(term is CompareTerm comparison ? new CompareStep(comparison) : new TrueStep(term));
    }
}
