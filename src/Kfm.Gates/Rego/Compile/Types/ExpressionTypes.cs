using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Checks expressions: calls, unifications, references and what is nested in them.</summary>
internal sealed class ExpressionTypes(FunctionNames functions, List<RegoError> errors)
{
    private readonly ReferenceTypes _references = new(errors);
    private HashSet<string> _bound = [];
    private bool _referencesOnly;

    /// <summary>Checks a body in the order in which it binds its variables.</summary>
    internal void CheckBody(Expr[] body, TypeScope scope, HashSet<string> bound)
    {
        _bound = bound;
        foreach (var expr in new BodyOrder(new Outputs(functions), []).Order(body, bound))
        {
            Check(expr, scope);
        }
    }

    /// <summary>Checks the calls, references and comprehensions in a term, the inner ones first.</summary>
    internal void CheckTerm(Term? term, TypeScope scope)
    {
        switch (term)
        {
            case RefTerm reference:
                CheckTerm(reference.Head is VarTerm ? null : reference.Head, scope);
                CheckTerms(reference.Path, scope);
                _references.Check(reference, scope);
                break;
            case ArrayTerm array:
                CheckTerms(array.Items, scope);
                break;
            case SetTerm set:
                CheckTerms(set.Items, scope);
                break;
            case ObjectTerm obj:
                CheckTerms(obj.Members.SelectMany(m => new[] { m.Key, m.Value }), scope);
                break;
            case CallTerm call:
                CheckTerms(call.Arguments, scope);
                CheckCall(call, scope, call.Location);
                break;
            case ComprehensionTerm comprehension:
                CheckComprehension(comprehension, scope);
                break;
            case TemplateTerm template:
                CheckTerms(template.Parts.Where(p => p.Value is not null).Select(p => p.Value!), scope);
                break;
        }
    }

    private void Check(Expr expr, TypeScope scope)
    {
        var before = errors.Count;
        foreach (var with in expr.Withs)
        {
            CheckTerm(with.IsFunction ? null : with.Value, scope);
            CheckReplacement(with, scope);
        }

        switch (expr)
        {
            case EveryExpr every:
                CheckTerm(every.Domain, scope);
                CheckClosed(every.Body, scope);
                break;
            case SomeInExpr some:
                CheckMembers(some, scope);
                break;
            case TermExpr { Term: CallTerm call }:
                CheckTerms(call.Arguments, scope);
                CheckCallExpression(call, expr.Location, scope, errors.Count > before);
                break;
            case TermExpr term:
                CheckTerm(term.Term, scope);
                break;
        }
    }

    private void CheckTerms(IEnumerable<Term> terms, TypeScope scope)
    {
        foreach (var term in terms)
        {
            CheckTerm(term, scope);
        }
    }

    private void CheckCallExpression(CallTerm call, Location place, TypeScope scope, bool reported)
    {
        if (_referencesOnly || call.Target is not VarTerm { Name: "eq" or "equal" } || call.Arguments.Length != 2)
        {
            CheckCall(call, scope, place);
            return;
        }

        var (left, right) = (scope.Of(call.Arguments[0]), scope.Of(call.Arguments[1]));
        var unknown = RegoType.Unknown(left) || RegoType.Unknown(right);
        if (!TypeUnifier.Unify(scope, call.Arguments[0], call.Arguments[1]) && !(reported && unknown))
        {
            errors.Add(place.Error("rego_type_error", "match error") with { Details = $"left  : {RegoType.Text(left)}\nright : {RegoType.Text(right)}" });
        }
    }

    private void CheckCall(CallTerm call, TypeScope scope, Location place)
    {
        if (_referencesOnly || Signature(call.Target, scope) is not { } signature)
        {
            return;
        }

        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (!TypeUnifier.Match(scope, call.Arguments[i], signature.Operand(i), false))
            {
                var have = call.Arguments.Select(scope.Of).ToList();
                errors.Add(place.Error("rego_type_error", $"{Planner.CallName(call.Target)}: invalid argument(s)")
                    with
                { Details = $"have: ({string.Join(", ", have.Select(RegoType.Text))})\nwant: {signature.Wanted()}" });
                return;
            }
        }

        scope.Record(call, signature.Result);
    }

    /// <summary>The type of a function; null when it is not known, because it is declared outside or has an error.</summary>
    private FunctionType? Signature(Term target, TypeScope scope) => target switch
    {
        VarTerm name => functions.Options.ExtraBuiltins.ContainsKey(name.Name) ? null : functions.Options.FindBuiltin(name.Name)?.Type ?? BuiltinSignatures.Find(name.Name),
        RefTerm reference => scope.Of(reference) as FunctionType,
        _ => null,
    };

    private void CheckReplacement(WithModifier with, TypeScope scope)
    {
        if (with.IsFunction && Signature(with.Target, scope) is { } target && Signature(with.Value, scope) is { } value && !TypeUnifier.Unify(target, value))
        {
            errors.Add(with.Location.Error("rego_type_error", $"{Planner.CallName(with.Target)}: arity mismatch")
                with
            { Details = $"have: ({string.Join(", ", value.Arguments.Select(RegoType.Text))})\nwant: {new FunctionType(target.Arguments, null).Wanted()}" });
        }
    }

    /// <summary>some k, v in xs is the reference xs[k] with the value v.</summary>
    private void CheckMembers(SomeInExpr some, TypeScope scope)
    {
        CheckTerm(some.Domain, scope);
        var domain = scope.Of(some.Domain);
        if (_referencesOnly || RegoType.Unknown(domain))
        {
            return;
        }

        var fits = domain!.Keys is { } keys && (some.Key is null || TypeUnifier.Match(scope, some.Key, keys, false));
        if (!fits)
        {
            errors.Add(some.Domain.Location.Error("rego_type_error", $"undefined ref: {ReferenceText.Step(some.Domain)}[{(some.Key is null ? "_" : ReferenceText.Step(some.Key))}]"));
        }
        else if (!TypeUnifier.Match(scope, some.Value, domain.Values, false))
        {
            errors.Add(some.Location.Error("rego_type_error", "match error")
                with
            { Details = $"left  : {RegoType.Text(scope.Of(some.Value))}\nright : {RegoType.Text(domain.Values)}" });
        }
    }

    private void CheckComprehension(ComprehensionTerm comprehension, TypeScope outer)
    {
        if (_referencesOnly)
        {
            return;
        }

        var before = errors.Count;
        var scope = outer.Inner();
        var bound = _bound;
        CheckBody(comprehension.Body, scope, new HashSet<string>(bound, StringComparer.Ordinal));
        CheckTerm(comprehension.Key, scope);
        CheckTerm(comprehension.Value, scope);
        _bound = bound;
        if (errors.Count > before)
        {
            return;
        }

        var value = scope.Of(comprehension.Value);
        outer.Record(comprehension, comprehension.Kind switch
        {
            RegoKind.Array => new ArrayType([], value),
            RegoKind.Set => new SetType(value),
            _ => new ObjectType([], (scope.Of(comprehension.Key!), value)),
        });
    }

    /// <summary>Of the body of every only the references are checked: what a call in it yields is not known outside.</summary>
    private void CheckClosed(Expr[] body, TypeScope scope)
    {
        var outer = _referencesOnly;
        _referencesOnly = true;
        foreach (var expr in body)
        {
            Check(expr, scope);
        }

        _referencesOnly = outer;
    }
}
