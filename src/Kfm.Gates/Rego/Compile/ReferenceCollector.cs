using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>The nodes with rules that the references of a rule may reach.</summary>
internal sealed class ReferenceCollector(PolicyNode root)
{
    internal HashSet<PolicyNode> Found { get; } = [];

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

    private void Visit(Expr expr)
    {
        foreach (var with in expr.Withs)
        {
            Visit(with.Value);
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
            case VarTerm { Name: "data" }:
                Reach(root, []);
                break;
            case RefTerm reference:
                if (reference.Head is VarTerm { Name: "data" })
                {
                    Reach(root, reference.Path);
                }
                else
                {
                    Visit(reference.Head);
                }

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
                Visit(call.Target is RefTerm ? call.Target : null);
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

    private void Reach(PolicyNode node, ReadOnlySpan<Term> path)
    {
        if (node.Rules.Count > 0)
        {
            Found.Add(node);
            return;
        }

        if (!path.IsEmpty && path[0] is ScalarTerm scalar)
        {
            if (scalar.Value is RegoString name && node.Children.TryGetValue(name.Text, out var child))
            {
                Reach(child, path[1..]);
            }

            return;
        }

        // A whole package holds its functions only by name, so that they cannot be reached.
        foreach (var child in node.Children.Values.Where(c => c.Rules.Count == 0 || c.Rules[0].Arity < 0))
        {
            Reach(child, path.IsEmpty ? path : path[1..]);
        }
    }
}
