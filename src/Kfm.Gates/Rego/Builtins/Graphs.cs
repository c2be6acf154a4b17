namespace Kfm.Gates.Rego.Builtins;

/// <summary>graph.reachable.</summary>
internal static class Graphs
{
    internal static void Register(Action<string, int, Builtin> add) => add("graph.reachable", 2, Reachable);

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
}
