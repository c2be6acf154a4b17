using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego;

/// <summary>The lines of a module that coverage counts: rule heads and expressions, nested ones too.</summary>
internal sealed class CoverableRows
{
    private readonly SortedSet<int> _rows = [];

    internal SortedSet<int> Of(Module module)
    {
        foreach (var rule in module.Rules)
        {
            for (var next = rule; next is not null; next = next.Else)
            {
                _rows.Add(next.Head.Location.Row);
                Visit(next.Head.Element);
                Visit(next.Head.Value);
                Array.ForEach(next.Body, Visit);
            }
        }

        return _rows;
    }

    private void Visit(Expr expr)
    {
        if (expr is SomeExpr)
        {
            return;
        }

        _rows.Add(expr.Location.Row);
        switch (expr)
        {
            case TermExpr term:
                Visit(term.Term);
                break;
            case SomeInExpr some:
                Visit(some.Domain);
                break;
            case EveryExpr every:
                Visit(every.Domain);
                Array.ForEach(every.Body, Visit);
                break;
        }
    }

    private void Visit(Term? term)
    {
        switch (term)
        {
            case RefTerm reference:
                Visit(reference.Head);
                Array.ForEach(reference.Path, Visit);
                break;
            case ArrayTerm array:
                Array.ForEach(array.Items, Visit);
                break;
            case SetTerm set:
                Array.ForEach(set.Items, Visit);
                break;
            case ObjectTerm obj:
                Array.ForEach(obj.Members, m =>
                {
                    Visit(m.Key);
                    Visit(m.Value);
                });
                break;
            case CallTerm call:
                Array.ForEach(call.Arguments, Visit);
                break;
            case ComprehensionTerm comprehension:
                Visit(comprehension.Key);
                Visit(comprehension.Value);
                Array.ForEach(comprehension.Body, Visit);
                break;
        }
    }
}
