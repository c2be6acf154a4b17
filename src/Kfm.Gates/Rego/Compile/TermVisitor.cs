using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Walks over all terms of rules and bodies.</summary>
internal abstract class TermVisitor
{
    internal void Visit(Rule rule)
    {
        for (var next = rule; next is not null; next = next.Else)
        {
            VisitAll(next.Head.Path);
            VisitAll(next.Head.Arguments ?? []);
            Visit(next.Head.Element);
            Visit(next.Head.Value);
            Array.ForEach(next.Body, Visit);
        }
    }

    internal void Visit(Expr expr)
    {
        VisitExpression(expr);
        foreach (var with in expr.Withs)
        {
            VisitWith(with);
            Visit(with.IsFunction && with.Value is VarTerm ? null : with.Value);
        }

        switch (expr)
        {
            case TermExpr term:
                Visit(term.Term);
                break;
            case SomeInExpr some:
                Visit(some.Key);
                Visit(some.Value);
                Visit(some.Domain);
                break;
            case EveryExpr every:
                Visit(every.Domain);
                Array.ForEach(every.Body, Visit);
                break;
        }
    }

    private void VisitAll(IEnumerable<Term> terms)
    {
        foreach (var term in terms)
        {
            Visit(term);
        }
    }

    private void Visit(Term? term)
    {
        switch (term)
        {
            case VarTerm variable:
                VisitVariable(variable);
                break;
            case RefTerm reference:
                VisitReference(reference);
                Visit(reference.Head is VarTerm ? null : reference.Head);
                VisitAll(reference.Path);
                break;
            case ArrayTerm array:
                VisitAll(array.Items);
                break;
            case SetTerm set:
                VisitAll(set.Items);
                break;
            case ObjectTerm obj:
                VisitAll(obj.Members.SelectMany(m => new[] { m.Key, m.Value }));
                break;
            case CallTerm call:
                VisitCall(call);
                VisitAll(call.Arguments);
                break;
            case TemplateTerm template:
                VisitAll(template.Parts.Where(p => p.Value is not null).Select(p => p.Value!));
                break;
            case ComprehensionTerm comprehension:
                Visit(comprehension.Key);
                Visit(comprehension.Value);
                Array.ForEach(comprehension.Body, Visit);
                break;
        }
    }

    protected virtual void VisitExpression(Expr expr)
    {
    }

    protected virtual void VisitVariable(VarTerm variable)
    {
    }

    protected virtual void VisitReference(RefTerm reference)
    {
    }

    protected virtual void VisitCall(CallTerm call)
    {
    }

    protected virtual void VisitWith(WithModifier with)
    {
    }
}
