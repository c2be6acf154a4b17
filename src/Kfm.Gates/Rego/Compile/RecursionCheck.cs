using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Compile;

/// <summary>No rule may reach itself, not even through a reference that only may point at it.</summary>
internal sealed class RecursionCheck
{
    private readonly PolicyNode _root;
    private readonly List<RegoError> _errors;
    private readonly HashSet<PolicyNode> _done = [];
    private readonly List<PolicyNode> _order = [];
    private readonly List<PolicyNode> _path = [];
    private readonly Dictionary<PolicyNode, PolicyNode[]> _edges = [];

    private RecursionCheck(PolicyNode root, List<RegoError> errors)
    {
        _root = root;
        _errors = errors;
    }

    /// <returns>The nodes with rules, those first that others refer to.</returns>
    internal static IReadOnlyList<PolicyNode> Run(PolicyNode root, List<RegoError> errors)
    {
        var check = new RecursionCheck(root, errors);
        foreach (var node in root.Descendants().Where(n => n.Rules.Count > 0).ToList())
        {
            check.Visit(node);
        }

        return check._order;
    }

    /// <summary>Depth first with a stack of its own: chains of rules can be longer than a thread's stack.</summary>
    private void Visit(PolicyNode start)
    {
        var pending = new Stack<Place>();
        pending.Push(new Place(start, 0));
        while (pending.TryPop(out var item))
        {
            var (node, edge) = item;
            if (edge == 0)
            {
                if (_done.Contains(node))
                {
                    continue;
                }

                _path.Add(node);
            }

            var edges = Edges(node);
            if (edge == edges.Length)
            {
                _path.RemoveAt(_path.Count - 1);
                _done.Add(node);
                _order.Add(node);
                continue;
            }

            pending.Push(new Place(node, edge + 1));
            var next = edges[edge];
            if (_path.IndexOf(next) is var index && index >= 0)
            {
                Report(next, _path[index..]);
            }
            else if (!_done.Contains(next))
            {
                pending.Push(new Place(next, 0));
            }
        }
    }

    private void Report(PolicyNode node, List<PolicyNode> cycle)
    {
        var path = string.Join(" -> ", cycle.Append(node).Select(n => n.Path));
        _errors.Add(node.Rules[0].Rule.Location.Error("rego_recursion_error", $"rule {node.Path} is recursive: {path}"));
    }

    private PolicyNode[] Edges(PolicyNode node)
    {
        if (!_edges.TryGetValue(node, out var edges))
        {
            var collector = new ReferenceCollector(_root);
            foreach (var rule in node.Rules)
            {
                collector.Visit(rule.Rule);
            }

            _edges[node] = edges = [.. collector.Found];
        }

        return edges;
    }

    /// <summary>A node and the edge to follow next.</summary>
    private sealed record Place(PolicyNode Node, int Edge);
}
