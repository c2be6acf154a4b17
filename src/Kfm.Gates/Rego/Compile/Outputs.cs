using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Which variables an expression binds, given those that are bound before it.</summary>
internal sealed class Outputs(FunctionNames functions)
{
    internal HashSet<string> Of(Expr expr, IReadOnlySet<string> bound)
    {
        var known = new HashSet<string>(bound, StringComparer.Ordinal);
        if (expr.Negated)
        {
            return known;
        }

        // Two rounds: what the right side of a unification binds can make its left side ready.
        for (var round = 0; round < 2; round++)
        {
            switch (expr)
            {
                case SomeInExpr some:
                    References(some.Domain, known);
                    if (AllBound(some.Domain, known))
                    {
                        Pattern(some.Key, known);
                        Pattern(some.Value, known);
                    }

                    break;
                case EveryExpr every:
                    References(every.Domain, known);
                    break;
                case TermExpr { Term: CallTerm call }:
                    Call(call, known);
                    break;
                case TermExpr term:
                    References(term.Term, known);
                    break;
            }
        }

        return known;
    }

    /// <summary>Adds what the references of a term bind: the unbound steps of those whose head is bound.</summary>
    internal static void References(Term? term, HashSet<string> known)
    {
        switch (term)
        {
            case RefTerm reference:
                References(reference.Head, known);
                foreach (var step in reference.Path)
                {
                    References(step, known);
                    if (AllBound(reference.Head, known))
                    {
                        Pattern(step, known);
                    }
                }

                break;
            case ArrayTerm array:
                Array.ForEach(array.Items, i => References(i, known));
                break;
            case SetTerm set:
                Array.ForEach(set.Items, i => References(i, known));
                break;
            case ObjectTerm obj:
                Array.ForEach(obj.Members, m =>
                {
                    References(m.Key, known);
                    References(m.Value, known);
                });
                break;
            case CallTerm call:
                Array.ForEach(call.Arguments, a => References(a, known));
                break;
        }
    }

    internal static bool AllBound(Term? term, HashSet<string> known)
    {
        var variables = new HashSet<string>(StringComparer.Ordinal);
        Variables.Open(term, variables);
        return variables.IsSubsetOf(known);
    }

    private void Call(CallTerm call, HashSet<string> known)
    {
        References(call, known);
        if (call.Target is VarTerm { Name: "eq" } && call.Arguments.Length == 2)
        {
            Unify(call.Arguments[0], call.Arguments[1], known);
            return;
        }

        if (functions.Arity(call.Target) is { } arity && call.Arguments.Length == arity + 1
            && call.Arguments.Take(arity).All(a => AllBound(a, known)))
        {
            Pattern(call.Arguments[arity], known);
        }
    }

    private static void Unify(Term left, Term right, HashSet<string> known)
    {
        switch (left, right)
        {
            case (ArrayTerm l, ArrayTerm r) when l.Items.Length == r.Items.Length:
                for (var i = 0; i < l.Items.Length; i++)
                {
                    Unify(l.Items[i], r.Items[i], known);
                }

                break;
            case (ArrayTerm, ArrayTerm):
                break;
            case (ObjectTerm l, ObjectTerm r):
                foreach (var (key, value) in l.Members)
                {
                    if (Array.Find(r.Members, m => SameKey(m.Key, key)) is { Value: { } other })
                    {
                        Unify(value, other, known);
                    }
                }

                break;
            default:
                if (AllBound(left, known))
                {
                    Pattern(right, known);
                }
                else if (AllBound(right, known))
                {
                    Pattern(left, known);
                }

                break;
        }
    }

    internal static bool SameKey(Term left, Term right) =>
        (left is ScalarTerm l && right is ScalarTerm r && l.Value.Equals(r.Value))
        || (left is VarTerm a && right is VarTerm b && string.Equals(a.Name, b.Name, StringComparison.Ordinal));

    /// <summary>Adds the variables that matching a value against the term binds.</summary>
    private static void Pattern(Term? term, HashSet<string> known)
    {
        switch (term)
        {
            case VarTerm variable:
                known.Add(variable.Name);
                break;
            case ArrayTerm array:
                Array.ForEach(array.Items, i => Pattern(i, known));
                break;
            case ObjectTerm obj:
                Array.ForEach(obj.Members, m => Pattern(m.Value, known));
                break;
        }
    }
}
