using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Partial;

/// <summary>Tells which terms depend on what is not known, be it through rules.</summary>
internal sealed class UnknownUse(PolicyNode root, IReadOnlyList<string[]> unknowns)
{
    private readonly Dictionary<PolicyNode, bool> _nodes = [];

    internal bool Touches(Expr expr) => Look(v => v.Visit(expr), c => c.Visit(expr));

    internal bool Touches(Term term) => Touches(new TermExpr(term.Location, term));

    /// <summary>Whether a path of the input may lead to, into or over an unknown place.</summary>
    internal bool IsUnknown(Term[] path) => unknowns.Any(u => path.Zip(u).All(p => p.First is not ScalarTerm s || Is(s, p.Second)));

    /// <summary>Whether the constant steps lead to an unknown place or into it.</summary>
    internal bool IsWithin(IReadOnlyList<RegoValue> path) =>
        unknowns.Any(u => path.Count >= u.Length && u.Zip(path).All(p => p.Second is RegoString s && s.Text == p.First));

    internal bool Depends(PolicyNode node)
    {
        if (!_nodes.TryGetValue(node, out var depends))
        {
            var rules = node.Rules.Concat(node.Descendants().SelectMany(d => d.Rules)).Select(r => r.Rule).ToList();
            _nodes[node] = false;
            _nodes[node] = depends = rules.Exists(r => Look(v => v.Visit(r), c => c.Visit(r)));
        }

        return depends;
    }

    private static bool Is(ScalarTerm step, string name) => step.Value is RegoString s && s.Text == name;

    private bool Look(Action<InputVisitor> input, Action<ReferenceCollector> rules)
    {
        var visitor = new InputVisitor(this);
        input(visitor);
        if (visitor.Found)
        {
            return true;
        }

        var collector = new ReferenceCollector(root);
        rules(collector);
        return collector.Found.Any(Depends);
    }

    private sealed class InputVisitor(UnknownUse use) : TermVisitor
    {
        internal bool Found { get; private set; }

        protected override void VisitVariable(VarTerm variable) => Found |= variable.Name == "input" || ResidualNames.IsOne(variable.Name);

        protected override void VisitReference(RefTerm reference) => Found |= reference.Head is VarTerm head
            && (ResidualNames.IsOne(head.Name) || (head.Name == "input" && use.IsUnknown(reference.Path)));
    }
}

/// <summary>Variables of residual queries: unknown_1, unknown_2 and so on. Declared names of sources have a suffix and differ.</summary>
internal sealed class ResidualNames
{
    private const string Mark = "unknown_";
    private int _count;

    internal static bool IsOne(string name) => name.StartsWith(Mark, StringComparison.Ordinal) && !name.Contains('#', StringComparison.Ordinal);

    internal VarTerm Next(Location place) => new(place, Mark + (++_count).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
