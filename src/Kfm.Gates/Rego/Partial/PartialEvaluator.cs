using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>
/// Evaluates what is known of a body and keeps the rest: rules that depend on unknowns are put in the place of their references, bodies become
/// alternatives. What cannot be taken apart (with, else, defaults that count, comprehensions over rules) is kept whole, with the known input given by with.
/// </summary>
internal sealed partial class PartialEvaluator
{
    private readonly CompiledPolicy _policy;
    private readonly PartialOptions _options;
    private readonly IReadOnlyList<string[]> _unknowns;
    private readonly RegoValue? _input;
    private readonly UnknownUse _use;
    private readonly KnownPart _known;
    private readonly ResidualNames _names = new();

    internal PartialEvaluator(CompiledPolicy policy, RegoValue? input, PartialOptions options, IReadOnlyList<string[]> unknowns)
    {
        (_policy, _options, _unknowns, _input) = (policy, options, unknowns, input);
        _use = new UnknownUse(policy.Root, unknowns);
        _known = new KnownPart(policy, input, options.Evaluate);
    }

    internal List<PartialState> Run(Expr[] query)
    {
        try
        {
            return Body(query, PartialState.Empty);
        }
        catch (KeptWholeException)
        {
            if (Array.Exists(query, static e => e.Withs.Length > 0))
            {
                throw new RegoEvaluationException(RegoEvaluationException.Type, "a query with its own with cannot be kept for later: put it into a rule", "", 0, 0);
            }

            return [query.Aggregate(PartialState.Empty, (state, expr) => state.Require(Whole(expr)))];
        }
    }

    /// <summary>All ways to satisfy a body.</summary>
    private List<PartialState> Body(Expr[] body, PartialState state)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Limit("the stack of the thread is used up");
        }

        var bound = new HashSet<string>(state.Bound.Keys, StringComparer.Ordinal);
        foreach (var expr in body)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            Variables.Open(expr, names);
            Variables.Closed(expr, names);
            bound.UnionWith(names.Where(ResidualNames.IsOne));
        }

        var ordered = new BodyOrder(new Outputs(new FunctionNames(_policy.Root, _policy.Options, _policy.Root.Ids.Copy())), []).Order(body, bound);
        if (ordered.Count < body.Length)
        {
            throw new KeptWholeException();
        }

        var states = new List<PartialState> { state };
        foreach (var expr in ordered)
        {
            states = [.. states.SelectMany(s => Step(expr, s))];
            if (states.Count > _options.MaxQueries)
            {
                throw Limit($"more than {_options.MaxQueries} residual queries");
            }
        }

        return states;
    }

    private static RegoEvaluationException Limit(string message) => new(RegoEvaluationException.Limit, message, "", 0, 0);

    private List<PartialState> Step(Expr source, PartialState state)
    {
        var expr = new Substitution(state.Bound).Of(source);
        try
        {
            return _use.Touches(expr) ? Unknown(expr, state)
                : [.. _known.Solve(expr).Select(row => row.Aggregate(state, static (s, b) => s.Bind(b.Name, Residual.Value(b.Value))))];
        }
        catch (KeptWholeException) when (!BindsVariables(expr))
        {
            return [state.Require(Whole(expr))];
        }
    }

    private List<PartialState> Unknown(Expr expr, PartialState state)
    {
        if (expr.Withs.Length > 0)
        {
            throw new KeptWholeException();
        }

        var found = new List<PartialState>();
        switch (expr)
        {
            case TermExpr { Negated: true } negated:
                if (Not(Body([new TermExpr(expr.Location, negated.Term)], state with { Residual = [] })) is { } tests)
                {
                    found.Add(tests.Aggregate(state, static (s, t) => s.Require(t)));
                }

                break;
            case SomeInExpr some:
                Member(some.Key, some.Value, some.Domain, state, found.Add);
                break;
            case EveryExpr every:
                Every(every, state, found.Add);
                break;
            case TermExpr { Term: CallTerm { Target: VarTerm { Name: "eq" }, Arguments: [var left, var right] } }:
                Unify(left, right, state, found.Add);
                break;
            case TermExpr term:
                Truth(term.Term, state, found.Add);
                break;
        }

        return found;
    }

    private static bool BindsVariables(Expr expr)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Variables.Open(expr, names);
        return names.Any(n => !ResidualNames.IsOne(n) && !n.StartsWith('$'));
    }

    /// <summary>The expression as it is, with what is known of the input put in by with.</summary>
    private Expr Whole(Expr expr)
    {
        // The expression's own replacements come later and win. Their values are computed outside of with, so that what is known of them is put in here.
        var withs = new List<WithModifier>();
        AddKnown(_input, [], withs);
        withs.AddRange(expr.Withs.Select(w => new WithModifier(w.Location, w.Target, Replacement(w)) { IsFunction = w.IsFunction }));
        return expr switch
        {
            TermExpr term => new TermExpr(expr.Location, term.Term) { Negated = expr.Negated, Withs = [.. withs] },
            SomeInExpr some => new SomeInExpr(expr.Location, some.Key, some.Value, some.Domain) { Withs = [.. withs] },
            EveryExpr every => new EveryExpr(expr.Location, every.Key, every.Value, every.Domain, every.Body) { Withs = [.. withs] },
            _ => expr,
        };
    }

    private Term Replacement(WithModifier with)
    {
        if (with.IsFunction || with.Value is ScalarTerm)
        {
            return with.Value;
        }

        return !_use.Touches(with.Value) && !HasOpen(with.Value) && _known.Value(with.Value) is { } value ? Residual.Value(value)
            : IsSelfContained(with.Value) ? with.Value : throw new KeptWholeException();
    }

    private void AddKnown(RegoValue? value, ImmutableList<RegoValue> path, List<WithModifier> withs)
    {
        if (value is null || _use.IsWithin(path))
        {
            return;
        }

        var onTheWay = _unknowns.Any(u => u.Length > path.Count && path.Zip(u).All(p => p.First is RegoString s && s.Text == p.Second));
        if (value is RegoObject obj && (path.Count == 0 || onTheWay))
        {
            foreach (var (key, member) in obj.Sorted.Where(m => m.Key is RegoString))
            {
                AddKnown(member, path.Add(key), withs);
            }

            return;
        }

        var target = new RefTerm(default, new VarTerm(default, "input"), [.. path.Select(k => new ScalarTerm(default, k))]);
        withs.Add(new WithModifier(default, target, new ScalarTerm(default, value)));
    }

    /// <summary>Tests that hold when none of the alternatives does; null when one of them always holds.</summary>
    private static List<Expr>? Not(List<PartialState> alternatives)
    {
        var tests = new List<Expr>();
        foreach (var alternative in alternatives)
        {
            switch (alternative.Residual)
            {
                case []:
                    return null;
                case [TermExpr { Term: var term, Negated: var negated, Withs: var withs }] when !IsDefinedness(term):
                    tests.Add(new TermExpr(default, term) { Negated = !negated, Withs = withs });
                    break;
                default:
                    tests.Add(new TermExpr(default, Residual.Empty(alternative.Residual)));
                    break;
            }
        }

        return tests;
    }

    private static bool IsDefinedness(Term term) => term is CallTerm { Target: VarTerm { Name: "eq" } };
}

/// <summary>Terms of residual queries.</summary>
internal static class Residual
{
    internal static CallTerm Call(string name, params Term[] arguments) => new(default, new VarTerm(default, name), arguments);

    internal static ScalarTerm Value(RegoValue value) => new(default, value);

    /// <summary>count([true | body]) == 0: no solution of the body. Unlike a negated body it needs no import.</summary>
    internal static CallTerm Empty(IEnumerable<Expr> body) => Call(
        "equal", Call("count", new ComprehensionTerm(default, RegoKind.Array, null, Value(RegoValue.True), [.. body])), Value(RegoValue.Of(0)));

    /// <summary>_ = term: the term is defined.</summary>
    internal static CallTerm Defined(Term term) => Call("eq", new VarTerm(default, "$_"), term);

    /// <summary>Leaves out that a term is defined where another test needs it: an operand of a builtin that is called.</summary>
    internal static IReadOnlyList<Expr> Shorten(IReadOnlyList<Expr> body)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var expr in body)
        {
            switch (expr)
            {
                case TermExpr { Negated: false, Term: CallTerm { Target: VarTerm { Name: not "eq" } } call }:
                    needed.UnionWith(call.Arguments.Select(ResidualText.Of));
                    break;
                case TermExpr { Negated: false, Term: RefTerm term }:
                    needed.Add(ResidualText.Of(term));
                    break;
                case SomeInExpr some:
                    needed.Add(ResidualText.Of(some.Domain));
                    break;
            }
        }

        return [.. body.Where(e => e is not TermExpr { Term: CallTerm { Target: VarTerm { Name: "eq" }, Arguments: [VarTerm { IsWildcard: true }, var term] } }
            || !needed.Contains(ResidualText.Of(term)))];
    }
}
