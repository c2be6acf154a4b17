namespace Kfm.Gates.Rego.Builtins;

/// <summary>graph.reachable and graph.reachable_paths.</summary>
internal static class Graphs
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("graph.reachable", 2, Reachable);
        add("graph.reachable_paths", 2, ReachablePaths);
    }

    private static RegoSet Reachable(BuiltinContext context, RegoValue[] a)
    {
        var graph = Operand.Object("graph.reachable", a, 0);
        var pending = new Queue<RegoValue>(Operand.Items("graph.reachable", a, 1));
        var reached = new HashSet<RegoValue>();
        while (pending.TryDequeue(out var node))
        {
            if (graph.Get(node) is not { } edges || !reached.Add(node))
            {
                continue;
            }

            foreach (var next in Neighbours(edges))
            {
                pending.Enqueue(next);
            }
        }

        return new RegoSet(reached);
    }

    private static IReadOnlyList<RegoValue> Neighbours(RegoValue edges) => edges switch
    {
        RegoArray array => array.Items,
        RegoSet set => set.Sorted,
        _ => [],
    };

    /// <summary>Each longest path without a repeated node; an edge out of the graph or back into the path ends it.</summary>
    private static RegoSet ReachablePaths(BuiltinContext context, RegoValue[] a)
    {
        const string name = "graph.reachable_paths";
        var graph = Operand.Object(name, a, 0);
        var found = new HashSet<RegoValue>();
        foreach (var start in Operand.Items(name, a, 1).Where(node => graph.Get(node) is not null))
        {
            new PathSearch(context, graph, found).From(start);
        }

        return new RegoSet(found);
    }

    private sealed class PathSearch(BuiltinContext context, RegoObject graph, HashSet<RegoValue> found)
    {
        private readonly List<RegoValue> _path = [];
        private long _visits;

        internal void From(RegoValue node)
        {
            Evaluate.EvaluationState.EnsureStack(context.Place);
            context.CheckSize(++_visits);
            _path.Add(node);
            var neighbours = Neighbours(graph.Get(node)!);
            var ended = neighbours.Count == 0;
            foreach (var next in neighbours)
            {
                if (graph.Get(next) is null || _path.Contains(next))
                {
                    ended = true;
                }
                else
                {
                    From(next);
                }
            }

            if (ended)
            {
                found.Add(RegoArray.Create(_path));
            }

            _path.RemoveAt(_path.Count - 1);
        }
    }
}
