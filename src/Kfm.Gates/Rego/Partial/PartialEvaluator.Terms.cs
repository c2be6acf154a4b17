using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Terms: known parts become values, references to rules become what the rules give, unbound steps into unknowns become iterations.</summary>
internal sealed partial class PartialEvaluator
{
    private static bool IsOpen(Term term) => term is VarTerm variable && !ResidualNames.IsOne(variable.Name) && variable.Name is not ("input" or "data");

    private void Simplify(Term term, PartialState state, Action<Term, PartialState> then)
    {
        switch (term)
        {
            case VarTerm variable when state.Bound.TryGetValue(variable.Name, out var bound):
                then(bound, state);
                break;
            case ScalarTerm:
            case VarTerm name when ResidualNames.IsOne(name.Name):
                then(term, state);
                break;
            case not VarTerm when !_use.Touches(term) && !HasOpen(term):
                if (_known.Value(term) is { } value)
                {
                    then(Residual.Value(value), state);
                }

                break;
            case RefTerm reference:
                Reference(reference, state, then);
                break;
            case ArrayTerm array:
                SimplifyAll(array.Items, state, (items, s) => then(Fold(new ArrayTerm(term.Location, items)), s));
                break;
            case SetTerm set:
                SimplifyAll(set.Items, state, (items, s) => then(Fold(new SetTerm(term.Location, items)), s));
                break;
            case ObjectTerm obj:
                SimplifyAll([.. obj.Members.SelectMany(m => new[] { m.Key, m.Value })], state, (flat, s) =>
                    then(Fold(new ObjectTerm(term.Location, [.. flat.Chunk(2).Select(p => (p[0], p[1]))])), s));
                break;
            case CallTerm call:
                Call(call, state, then);
                break;
            case ComprehensionTerm when IsSelfContained(term):
                then(term, state);
                break;
            default:
                throw new KeptWholeException();
        }
    }

    private void SimplifyAll(Term[] terms, PartialState state, Action<Term[], PartialState> then)
    {
        void Next(int at, Term[] done, PartialState s)
        {
            if (at == terms.Length)
            {
                then(done, s);
                return;
            }

            Simplify(terms[at], s, (t, next) => Next(at + 1, [.. done, t], next));
        }

        Next(0, [], state);
    }

    private Term Fold(Term term) => _use.Touches(term) ? term : Residual.Value(_known.Value(term)!);

    private static bool HasOpen(Term term)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Variables.Open(term, names);
        return names.Any(n => !ResidualNames.IsOne(n));
    }

    /// <summary>Whether a comprehension reads unknowns only, so that it means the same in the residual query.</summary>
    private bool IsSelfContained(Term term)
    {
        var visitor = new ForeignVisitor(this);
        visitor.Visit(new TermExpr(term.Location, term));
        return !visitor.Found;
    }

    private void Call(CallTerm call, PartialState state, Action<Term, PartialState> then)
    {
        var functions = new FunctionNames(_policy.Root, _policy.Options, _policy.Root.Ids);
        var node = functions.Function(call.Target);
        if (functions.Arity(call.Target) != call.Arguments.Length || call.Target is VarTerm { Name: "walk" or "print" })
        {
            throw new KeptWholeException();
        }

        if (node is null && call is { Target: VarTerm { Name: "equal" }, Arguments: [CallTerm { Target: VarTerm { Name: "count" } } counted, ScalarTerm { Value: RegoNumber { Sign: 0 } }] }
            && RuleSet(counted.Arguments[0]) is { } set)
        {
            if (Not(Elements(set, state with { Residual = [] })) is { } tests)
            {
                then(Residual.Value(RegoValue.True), tests.Aggregate(state, static (s, t) => s.Require(t)));
            }

            return;
        }

        SimplifyAll(call.Arguments, state, (arguments, s) =>
        {
            var simple = new CallTerm(call.Location, call.Target, arguments);
            if (node is not null)
            {
                Function(node, simple, s, then);
            }
            else if (!_use.Touches(simple))
            {
                Simplify(simple, s, then);
            }
            else
            {
                then(simple, s);
            }
        });
    }

    private void Reference(RefTerm reference, PartialState state, Action<Term, PartialState> then)
    {
        var names = reference.Path.TakeWhile(static p => p is ScalarTerm).Select(static p => ((ScalarTerm)p).Value).ToList();
        switch (reference.Head)
        {
            case VarTerm { Name: "input" } when _use.IsWithin(names):
                var start = new RefTerm(reference.Location, reference.Head, reference.Path[..names.Count]);
                Steps(names.Count == 0 ? reference.Head : start, reference.Path[names.Count..], state, then);
                break;
            case VarTerm { Name: "input" } when !_use.IsUnknown(reference.Path[..names.Count]) && names.Count > 0:
                Known(new RefTerm(reference.Location, reference.Head, reference.Path[..names.Count]), reference.Path[names.Count..], state, then);
                break;
            case VarTerm { Name: "data" }:
                Data(reference, names, state, then);
                break;
            case VarTerm variable when ResidualNames.IsOne(variable.Name):
                Steps(variable, reference.Path, state, then);
                break;
            case ScalarTerm literal:
                Steps(literal, reference.Path, state, then);
                break;
            case VarTerm:
                throw new KeptWholeException();
            default:
                Simplify(reference.Head, state, (head, s) => Steps(head, reference.Path, s, then));
                break;
        }
    }

    /// <summary>Steps from a value that is known.</summary>
    private void Known(Term start, Term[] path, PartialState state, Action<Term, PartialState> then)
    {
        if (_known.Value(start) is { } value)
        {
            Steps(Residual.Value(value), path, state, then);
        }
    }

    private void Steps(Term value, Term[] path, PartialState state, Action<Term, PartialState> then)
    {
        if (path.Length == 0)
        {
            then(value, state);
            return;
        }

        if (IsOpen(path[0]) && !state.Bound.ContainsKey(((VarTerm)path[0]).Name))
        {
            Iterate(value, state, (key, member, s) =>
                Unify(path[0], key, s, bound => Steps(member, path[1..], bound, then)));
            return;
        }

        Simplify(path[0], state, (step, s) =>
        {
            if (value is ScalarTerm literal && step is ScalarTerm key)
            {
                if (literal.Value.Get(key.Value) is { } member)
                {
                    Steps(Residual.Value(member), path[1..], s, then);
                }

                return;
            }

            var next = value is RefTerm reference
                ? new RefTerm(value.Location, reference.Head, [.. reference.Path, step])
                : new RefTerm(value.Location, value, [step]);
            Steps(next, path[1..], s, then);
        });
    }

    /// <summary>The members of a collection: those of a known one, or a pair of variables for one that is not known.</summary>
    private void Iterate(Term collection, PartialState state, Action<Term, Term, PartialState> then)
    {
        if (collection is ScalarTerm { Value: var value })
        {
            foreach (var (key, member) in Members(value))
            {
                then(Residual.Value(key), Residual.Value(member), state);
            }

            return;
        }

        var (name, element) = (_names.Next(collection.Location), _names.Next(collection.Location));
        then(name, element, state.Require(new SomeInExpr(collection.Location, name, element, collection)));
    }

    private static IEnumerable<(RegoValue Key, RegoValue Member)> Members(RegoValue value) => value switch
    {
        RegoArray array => array.Items.Select((v, i) => ((RegoValue)RegoNumber.Of(i), v)),
        RegoObject obj => obj.Sorted.Select(m => (m.Key, m.Value)),
        RegoSet set => set.Sorted.Select(e => (e, e)),
        _ => [],
    };

    private void Unify(Term left, Term right, PartialState state, Action<PartialState> then)
    {
        if (IsOpen(right) && !(IsOpen(left) && !Bound(left, state)))
        {
            (left, right) = (right, left);
        }

        switch (left, right)
        {
            case (VarTerm variable, _) when IsOpen(left) && !Bound(left, state):
                Simplify(right, state, (term, s) => then(Assign(variable, term, s)));
                break;
            case (ArrayTerm l, ArrayTerm r):
                if (l.Items.Length == r.Items.Length)
                {
                    UnifyAll([.. l.Items.Zip(r.Items)], state, then);
                }

                break;
            case (ArrayTerm l, ScalarTerm { Value: var value }):
                if (value is RegoArray array && array.Count == l.Items.Length)
                {
                    UnifyAll([.. l.Items.Zip(array.Items.Select(i => (Term)Residual.Value(i)))], state, then);
                }

                break;
            case (ScalarTerm, ArrayTerm):
                Unify(right, left, state, then);
                break;
            default:
                Compare("equal", left, right, state, then);
                break;
        }
    }

    private static bool Bound(Term term, PartialState state) => term is VarTerm variable && state.Bound.ContainsKey(variable.Name);

    private void UnifyAll((Term Left, Term Right)[] pairs, PartialState state, Action<PartialState> then)
    {
        if (pairs.Length == 0)
        {
            then(state);
            return;
        }

        Unify(pairs[0].Left, pairs[0].Right, state, s => UnifyAll(pairs[1..], s, then));
    }

    private PartialState Assign(VarTerm variable, Term term, PartialState state)
    {
        var needed = _use.Touches(term) && !(term is VarTerm) ? state.Require(Residual.Defined(term)) : state;
        return variable.IsWildcard ? needed : needed.Bind(variable.Name, term);
    }

    private void Compare(string comparison, Term left, Term right, PartialState state, Action<PartialState> then) =>
        SimplifyAll([left, right], state, (sides, s) =>
        {
            if (sides is [ScalarTerm l, ScalarTerm r])
            {
                if (l.Value.Equals(r.Value))
                {
                    then(s);
                }

                return;
            }

            then(s.Require(Residual.Call(comparison, sides)));
        });

    /// <summary>Looks for references to rules or to known input.</summary>
    private sealed class ForeignVisitor(PartialEvaluator evaluator) : TermVisitor
    {
        internal bool Found { get; private set; }

        protected override void VisitVariable(VarTerm variable) => Found |= variable.Name is "data" or "input";

        protected override void VisitReference(RefTerm reference)
        {
            var names = reference.Path.TakeWhile(static p => p is ScalarTerm).Select(static p => ((ScalarTerm)p).Value).ToList();
            Found |= reference.Head is VarTerm { Name: "data" } || (reference.Head is VarTerm { Name: "input" } && !evaluator._use.IsWithin(names));
        }

        protected override void VisitCall(CallTerm call) => Found |= call.Target is RefTerm;
    }
}
