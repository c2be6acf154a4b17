using System.Collections.Immutable;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Puts terms in the place of variables. Names are unique, so that closures need no care.</summary>
internal sealed class Substitution(ImmutableDictionary<string, Term> bound)
{
    internal Expr Of(Expr expr)
    {
        var withs = expr.Withs.Select(w => new WithModifier(w.Location, w.Target, w.IsFunction ? w.Value : Of(w.Value)) { IsFunction = w.IsFunction }).ToArray();
        return expr switch
        {
            TermExpr term => new TermExpr(expr.Location, Of(term.Term)) { Negated = expr.Negated, Withs = withs, Text = expr.Text },
            SomeInExpr some => new SomeInExpr(expr.Location, some.Key is null ? null : Of(some.Key), Of(some.Value), Of(some.Domain)) { Withs = withs },
            EveryExpr every => new EveryExpr(expr.Location, every.Key, every.Value, Of(every.Domain), [.. every.Body.Select(Of)]) { Withs = withs },
            _ => expr,
        };
    }

    internal Term Of(Term term) => term switch
    {
        VarTerm variable => bound.GetValueOrDefault(variable.Name, term),
        RefTerm reference => Reference(reference),
        ArrayTerm array => new ArrayTerm(term.Location, All(array.Items)),
        SetTerm set => new SetTerm(term.Location, All(set.Items)),
        ObjectTerm obj => new ObjectTerm(term.Location, [.. obj.Members.Select(m => (Of(m.Key), Of(m.Value)))]),
        CallTerm call => new CallTerm(term.Location, call.Target, All(call.Arguments)),
        ComprehensionTerm c => new ComprehensionTerm(term.Location, c.Kind, c.Key is null ? null : Of(c.Key), Of(c.Value), [.. c.Body.Select(Of)]),
        TemplateTerm template => new TemplateTerm(term.Location, [.. template.Parts.Select(p => (p.Text, p.Value is null ? null : Of(p.Value)))]),
        _ => term,
    };

    private Term[] All(Term[] terms) => [.. terms.Select(Of)];

    private RefTerm Reference(RefTerm reference)
    {
        var head = Of(reference.Head);
        var path = All(reference.Path);
        return head is RefTerm inner ? new RefTerm(reference.Location, inner.Head, [.. inner.Path, .. path]) : new RefTerm(reference.Location, head, path);
    }
}
