namespace Kfm.Gates.Rego.Builtins;

/// <summary>json.filter and json.remove: paths are strings with slashes or arrays of keys.</summary>
internal static class JsonPaths
{
    internal static void Register(Action<string, int, Builtin> add)
    {
        add("json.filter", 2, static (_, a) => Filter(Operand.Object("json.filter", a, 0), Tree("json.filter", a)));
        add("json.remove", 2, static (_, a) => Remove(Operand.Object("json.remove", a, 0), Tree("json.remove", a)));
    }

    private static PathTree Tree(string builtin, RegoValue[] a)
    {
        var root = new PathTree();
        if (a[1] is not (RegoArray or RegoSet))
        {
            throw Operand.Wrong(builtin, a, 1, "one of {set, array}");
        }

        foreach (var path in Operand.Items(builtin, a, 1))
        {
            root.Add(path switch
            {
                RegoString text => [.. text.Text.TrimStart('/').Split('/').Select(s => RegoValue.Of(
                    s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))],
                RegoArray keys => keys.Items,
                _ => throw BuiltinException.Operand(
                    builtin, 2, $"must be one of {{set, array}} containing string paths or array of path segments but got {Operand.KindName(path)}"),
            });
        }

        return root;
    }

    private static RegoValue Filter(RegoValue value, PathTree tree) => value switch
    {
        _ when tree.IsEnd => value,
        RegoObject obj => RegoObject.Create(obj.Sorted.Where(m => tree.Find(m.Key) is not null)
            .Select(m => KeyValuePair.Create(m.Key, Filter(m.Value, tree.Find(m.Key)!)))),
        RegoArray array => RegoArray.Create(array.Items.Select((v, i) => (Value: v, Tree: tree.Find(RegoNumber.Of(i))))
            .Where(p => p.Tree is not null).Select(p => Filter(p.Value, p.Tree!))),
        RegoSet set => RegoSet.Create(set.Sorted.Where(e => tree.Find(e) is not null).Select(e => Filter(e, tree.Find(e)!))),
        _ => value,
    };

    private static RegoValue Remove(RegoValue value, PathTree tree) => value switch
    {
        RegoObject obj => RegoObject.Create(obj.Sorted.Select(m => (m.Key, m.Value, Tree: tree.Find(m.Key)))
            .Where(p => p.Tree is not { IsEnd: true }).Select(p => KeyValuePair.Create(p.Key, p.Tree is null ? p.Value : Remove(p.Value, p.Tree)))),
        RegoArray array => RegoArray.Create(array.Items.Select((v, i) => (Value: v, Tree: tree.Find(RegoNumber.Of(i))))
            .Where(p => p.Tree is not { IsEnd: true }).Select(p => p.Tree is null ? p.Value : Remove(p.Value, p.Tree))),
        RegoSet set => RegoSet.Create(set.Sorted.Select(e => (Value: e, Tree: tree.Find(e)))
            .Where(p => p.Tree is not { IsEnd: true }).Select(p => p.Tree is null ? p.Value : Remove(p.Value, p.Tree))),
        _ => value,
    };
}

/// <summary>A set of paths. Keys match by their text, so that "0" is the first item of an array.</summary>
internal sealed class PathTree
{
    private readonly Dictionary<string, PathTree> _children = new(StringComparer.Ordinal);

    internal bool IsEnd { get; private set; }

    internal PathTree? Find(RegoValue key) => _children.GetValueOrDefault(Text(key));

    internal void Add(IEnumerable<RegoValue> path)
    {
        var node = this;
        foreach (var key in path)
        {
            if (!node._children.TryGetValue(Text(key), out var child))
            {
                node._children.Add(Text(key), child = new PathTree());
            }

            node = child;
        }

        node.IsEnd = true;
    }

    private static string Text(RegoValue key) => key is RegoString s ? s.Text : key.ToString();
}
