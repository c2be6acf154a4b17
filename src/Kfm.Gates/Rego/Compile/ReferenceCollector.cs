using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>The nodes with rules that the references of a rule may reach.</summary>
internal sealed class ReferenceCollector(PolicyNode root) : TermVisitor
{
    internal HashSet<PolicyNode> Found { get; } = [];

    protected override void VisitVariable(VarTerm variable)
    {
        if (variable.Name == "data")
        {
            Reach(root, []);
        }
    }

    protected override void VisitReference(RefTerm reference)
    {
        if (reference.Head is VarTerm { Name: "data" })
        {
            Reach(root, reference.Path);
        }
    }

    protected override void VisitCall(CallTerm call)
    {
        if (call.Target is RefTerm reference)
        {
            VisitReference(reference);
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
