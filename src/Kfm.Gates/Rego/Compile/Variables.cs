using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>The variables of terms and expressions.</summary>
internal static class Variables
{
    /// <summary>Adds the variables outside of closures (comprehensions and the bodies of every).</summary>
    internal static void Open(Term? term, HashSet<string> into) => Walk(term, into, null);

    /// <summary>Adds the variables inside of closures.</summary>
    internal static void Closed(Term? term, HashSet<string> into) => Walk(term, null, into);

    internal static void Open(Expr expr, HashSet<string> into) => Walk(expr, into, null);

    internal static void Closed(Expr expr, HashSet<string> into) => Walk(expr, null, into);

    private static void Walk(Expr expr, HashSet<string>? open, HashSet<string>? closed)
    {
        foreach (var with in expr.Withs)
        {
            Walk(with.Target is RefTerm ? with.Target : null, open, closed);
            Walk(with.IsFunction ? null : with.Value, open, closed);
        }

        switch (expr)
        {
            case TermExpr term:
                Walk(term.Term, open, closed);
                break;
            case SomeInExpr some:
                Walk(some.Key, open, closed);
                Walk(some.Value, open, closed);
                Walk(some.Domain, open, closed);
                break;
            case EveryExpr every:
                Walk(every.Domain, open, closed);
                if (closed is not null)
                {
                    WalkClosure(every.Body, [], closed);
                }

                break;
        }
    }

    private static void WalkClosure(Expr[] body, Term?[] heads, HashSet<string> closed)
    {
        foreach (var head in heads)
        {
            Walk(head, closed, closed);
        }

        foreach (var expr in body)
        {
            Walk(expr, closed, closed);
        }
    }

    private static void Walk(Term? term, HashSet<string>? open, HashSet<string>? closed)
    {
        switch (term)
        {
            case VarTerm variable when variable.Name is not ("input" or "data"):
                open?.Add(variable.Name);
                break;
            case RefTerm reference:
                Walk(reference.Head, open, closed);
                WalkAll(reference.Path, open, closed);
                break;
            case ArrayTerm array:
                WalkAll(array.Items, open, closed);
                break;
            case SetTerm set:
                WalkAll(set.Items, open, closed);
                break;
            case ObjectTerm obj:
                foreach (var (key, value) in obj.Members)
                {
                    Walk(key, open, closed);
                    Walk(value, open, closed);
                }

                break;
            case CallTerm call:
                WalkAll(call.Arguments, open, closed);
                break;
            case TemplateTerm template:
                WalkAll(template.Parts.Where(p => p.Value is not null).Select(p => p.Value!), open, closed);
                break;
            case ComprehensionTerm comprehension when closed is not null:
                WalkClosure(comprehension.Body, [comprehension.Key, comprehension.Value], closed);
                break;
        }
    }

    private static void WalkAll(IEnumerable<Term> terms, HashSet<string>? open, HashSet<string>? closed)
    {
        foreach (var term in terms)
        {
            Walk(term, open, closed);
        }
    }
}
