using System.Collections.Immutable;
using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Rules that depend on unknowns, put in the place of what refers to them.</summary>
internal sealed partial class PartialEvaluator
{
    /// <summary>Holds where the term is defined and not false.</summary>
    private void Truth(Term term, PartialState state, Action<PartialState> then)
    {
        if (term is RefTerm { Head: VarTerm { Name: "data" } } reference && Node(reference, out var steps) is { } node && steps == reference.Path.Length
            && !node.Rules[0].IsPartial)
        {
            Complete(node, static value => value.IsFalse, state, (value, s) => Truth(value, s, then));
            return;
        }

        if (term is CallTerm { Target: VarTerm { Name: "internal.member_2" }, Arguments: [var element, var collection] } && RuleSet(collection) is not null)
        {
            Member(null, element, collection, state, then);
            return;
        }

        if (term is CallTerm { Target: VarTerm { Name: "equal" }, Arguments: [RefTerm { Head: VarTerm { Name: "data" } } rule, ScalarTerm wanted] }
            && Node(rule, out steps) is { } compared && steps == rule.Path.Length && !compared.Rules[0].IsPartial)
        {
            Complete(compared, value => !value.Equals(wanted.Value), state, (value, s) => Compare("equal", value, wanted, s, then));
            return;
        }

        Simplify(term, state, (simple, s) =>
        {
            if (simple is not ScalarTerm { Value: var value })
            {
                then(s.Require(simple));
            }
            else if (!value.IsFalse)
            {
                then(s);
            }
        });
    }

    private void Member(Term? key, Term value, Term domain, PartialState state, Action<PartialState> then)
    {
        if (RuleSet(domain) is not { } set)
        {
            Simplify(domain, state, (collection, s) => Iterate(collection, s, (name, element, inner) =>
            {
                if (key is null)
                {
                    Unify(value, element, inner, then);
                }
                else
                {
                    UnifyAll([(key, name), (value, element)], inner, then);
                }
            }));
            return;
        }

        foreach (var rule in set.Rules)
        {
            foreach (var inner in RuleBody(rule.Rule, state))
            {
                Simplify(rule.Rule.Head.Element!, inner, (element, s) =>
                {
                    var outer = s with { Bound = state.Bound };
                    UnifyAll(key is null ? [(value, element)] : [(key, element), (value, element)], outer, then);
                });
            }
        }
    }

    private List<PartialState> Elements(PolicyNode set, PartialState state)
    {
        var found = new List<PartialState>();
        Member(null, new VarTerm(default, "$_"), new RefTerm(default, new VarTerm(default, "data"), PathOf(set)), state, found.Add);
        return found;
    }

    private void Every(EveryExpr every, PartialState state, Action<PartialState> then) => Simplify(every.Domain, state, (domain, s) =>
    {
        if (domain is not ScalarTerm { Value: var value })
        {
            EveryUnknown(every, domain, s, then);
            return;
        }

        if (value is not (RegoArray or RegoObject or RegoSet))
        {
            return;
        }

        List<PartialState> states = [s];
        foreach (var (key, member) in Members(value))
        {
            states = [.. states.SelectMany(one => EveryBody(every, Residual.Value(key), Residual.Value(member), one)).Select(one => one with { Bound = s.Bound })];
            if (states.Count > _options.MaxQueries)
            {
                throw Limit($"more than {_options.MaxQueries} residual queries");
            }
        }

        states.ForEach(then);
    });

    /// <summary>every over something unknown: it is a collection, and no member breaks the body.</summary>
    private void EveryUnknown(EveryExpr every, Term domain, PartialState state, Action<PartialState> then)
    {
        var collection = Residual.Call("internal.member_2", Residual.Call("type_name", domain),
            Residual.Value(RegoSet.Create([RegoValue.Of("array"), RegoValue.Of("object"), RegoValue.Of("set")])));
        var (key, value) = (_names.Next(every.Location), _names.Next(every.Location));
        var alternatives = EveryBody(every, key, value, state with { Residual = [] });
        var checkedState = state.Require(collection);
        if (Not(alternatives) is { } broken)
        {
            Expr[] body = [new SomeInExpr(every.Location, key, value, domain), .. broken];
            checkedState = checkedState.Require(Residual.Empty(body));
        }

        then(checkedState);
    }

    private List<PartialState> EveryBody(EveryExpr every, Term key, Term value, PartialState state)
    {
        var found = new List<PartialState>();
        UnifyAll(every.Key is null ? [(every.Value, value)] : [(every.Key, key), (every.Value, value)], state, s => found.AddRange(Body(every.Body, s)));
        return found;
    }

    private void Data(RefTerm reference, List<RegoValue> names, PartialState state, Action<Term, PartialState> then)
    {
        if (Node(reference, out var steps) is not { } node)
        {
            if (names.Count == 0 || _use.Touches(new RefTerm(reference.Location, reference.Head, reference.Path[..names.Count])))
            {
                throw new KeptWholeException();
            }

            Known(new RefTerm(reference.Location, reference.Head, reference.Path[..names.Count]), reference.Path[names.Count..], state, then);
            return;
        }

        var (start, rest) = (new RefTerm(reference.Location, reference.Head, reference.Path[..steps]), reference.Path[steps..]);
        if (!_use.Depends(node))
        {
            Known(start, rest, state, then);
        }
        else if (node.Children.Count > 0)
        {
            throw new KeptWholeException();
        }
        else if (!node.Rules[0].IsPartial)
        {
            Complete(node, static _ => false, state, (value, s) => Steps(value, rest, s, then));
        }
        else if (node.Rules[0].Rule.Head.Element is not null && node.Rules[0].Key.Length == 0 && rest.Length == 1)
        {
            Member(null, rest[0], start, state, s => Simplify(rest[0], s, then));
        }
        else
        {
            PartialObject(node, rest, state, then);
        }
    }

    /// <summary>A member of a partial object, where all steps of its key are asked for.</summary>
    private void PartialObject(PolicyNode node, Term[] path, PartialState state, Action<Term, PartialState> then)
    {
        foreach (var rule in node.Rules)
        {
            if (path.Length < rule.Key.Length || rule.Rule.Head.Element is not null)
            {
                throw new KeptWholeException();
            }

            foreach (var inner in RuleBody(rule.Rule, state))
            {
                SimplifyAll([.. rule.Key, rule.Rule.Head.Value!], inner, (terms, s) =>
                    UnifyAll([.. path.Zip(terms[..^1])], s with { Bound = state.Bound }, bound => Steps(terms[^1], path[rule.Key.Length..], bound, then)));
            }
        }
    }

    /// <summary>The values of a complete rule. Its default is left out when the caller would not take it, and is kept whole otherwise.</summary>
    private void Complete(PolicyNode node, Func<RegoValue, bool> refuses, PartialState state, Action<Term, PartialState> then)
    {
        foreach (var rule in node.Rules.Select(r => r.Rule))
        {
            if (rule.IsDefault)
            {
                if (rule.Head.Value is not ScalarTerm { Value: var value } || !refuses(value))
                {
                    throw new KeptWholeException();
                }

                continue;
            }

            foreach (var inner in RuleBody(rule, state))
            {
                Simplify(rule.Head.Value!, inner, (value, s) => then(value, s with { Bound = state.Bound }));
            }
        }
    }

    private void Function(PolicyNode node, CallTerm call, PartialState state, Action<Term, PartialState> then)
    {
        foreach (var rule in node.Rules.Select(r => r.Rule))
        {
            if (rule.IsDefault || rule.Else is not null)
            {
                throw new KeptWholeException();
            }

            var bodies = new List<PartialState>();
            UnifyAll([.. rule.Head.Arguments!.Zip(call.Arguments)], state, s => bodies.AddRange(Body(rule.Body, s)));
            foreach (var inner in bodies)
            {
                Simplify(rule.Head.Value!, inner, (value, s) => then(value, s with { Bound = state.Bound }));
            }
        }
    }

    private List<PartialState> RuleBody(Rule rule, PartialState state) => rule.Else is not null
        ? throw new KeptWholeException()
        : Body(rule.Body, state);

    /// <summary>The node of a partial set that depends on unknowns; null when the term is none.</summary>
    private PolicyNode? RuleSet(Term term) =>
        term is RefTerm { Head: VarTerm { Name: "data" } } reference && Node(reference, out var steps) is { } node && steps == reference.Path.Length
        && node.Children.Count == 0 && node.Rules.TrueForAll(static r => r.Rule.Head.Element is not null && r.Key.Length == 0) && _use.Depends(node) ? node : null;

    /// <summary>The first node with rules on the way of a reference.</summary>
    private PolicyNode? Node(RefTerm reference, out int steps)
    {
        var node = _policy.Root;
        for (steps = 0; steps < reference.Path.Length;)
        {
            if (reference.Path[steps] is not ScalarTerm { Value: RegoString name } || !node.Children.TryGetValue(name.Text, out var child))
            {
                return null;
            }

            steps++;
            node = child;
            if (node.Rules.Count > 0)
            {
                return node;
            }
        }

        return null;
    }

    private static Term[] PathOf(PolicyNode node)
    {
        var path = new List<Term>();
        for (var at = node; at.Parent is not null; at = at.Parent)
        {
            path.Insert(0, Residual.Value(RegoValue.Of(at.Name)));
        }

        return [.. path];
    }
}
