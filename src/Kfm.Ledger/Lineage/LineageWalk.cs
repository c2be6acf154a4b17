namespace Kfm.Ledger.Lineage;

/// <summary>One walk through the lineage, breadth first and in the order of indexes, so that it finds the same paths every time.</summary>
internal sealed class LineageWalk(ILineageEdges edges, long size, LineageReach reach)
{
    private readonly Dictionary<long, (int Depth, long Via)> _reached = [];
    private readonly List<LineageNode> _nodes = [];
    private bool _isComplete = true;

    /// <summary>The smallest index to look at.</summary>
    internal long Oldest { get; init; }

    /// <summary>The nodes that were reached, nearest first.</summary>
    internal IReadOnlyList<LineageNode> Reached => _nodes;

    internal bool Has(long index) => _reached.ContainsKey(index);

    internal void Run(long start, LineageDirection direction)
    {
        Reach(start, 0, start);
        var (layer, next, neighbours) = (new List<long> { start }, new List<long>(), new List<long>());
        for (var depth = 1; layer.Count > 0; depth++)
        {
            foreach (var index in layer)
            {
                neighbours.Clear();
                Neighbours(index, direction, neighbours);
                foreach (var neighbour in neighbours)
                {
                    if (!Has(neighbour) && Admit(neighbour, depth, index))
                    {
                        next.Add(neighbour);
                    }
                }
            }

            (layer, next) = (next, layer);
            next.Clear();
            layer.Sort();
        }
    }

    /// <summary>The nodes from one that was reached back to the start.</summary>
    internal IReadOnlyList<LineageNode> PathFrom(long index)
    {
        var path = new List<LineageNode>();
        for (var at = index; ; at = _reached[at].Via)
        {
            var (depth, via) = _reached[at];
            path.Add(edges.Node(at, depth)!);
            if (via == at)
            {
                return path;
            }
        }
    }

    internal LineageView ToView(long root)
    {
        var found = new List<LineageEdge>();
        var causes = new List<long>();
        foreach (var effect in _reached.Keys.Order())
        {
            causes.Clear();
            edges.Causes(effect, causes);
            found.AddRange(causes.Where(Has).Select(cause => new LineageEdge(cause, effect)));
        }

        return new LineageView(root, size, [.. _nodes.OrderBy(n => n.Depth).ThenBy(n => n.Index)], found, _isComplete);
    }

    private bool Admit(long index, int depth, long via)
    {
        if (depth > reach.Depth || _nodes.Count >= reach.MaxNodes)
        {
            _isComplete = false;
            return false;
        }

        return Reach(index, depth, via);
    }

    private bool Reach(long index, int depth, long via)
    {
        if (edges.Node(index, depth) is not { } node)
        {
            return false;
        }

        _reached.Add(index, (depth, via));
        _nodes.Add(node);
        return true;
    }

    private void Neighbours(long index, LineageDirection direction, List<long> into)
    {
        if (direction == LineageDirection.Upstream)
        {
            edges.Causes(index, into);
            into.RemoveAll(cause => cause < Oldest);
        }
        else
        {
            edges.Effects(index, into);
            into.RemoveAll(effect => effect >= size);
            into.Sort();
        }
    }
}
