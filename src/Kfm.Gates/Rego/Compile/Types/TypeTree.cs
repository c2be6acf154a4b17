namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>The types of documents below data and input, by the constant steps of their references.</summary>
internal sealed class TypeTree
{
    internal Dictionary<RegoValue, TypeTree> Children { get; } = [];

    /// <summary>The type of the document; null for a node that only leads to others.</summary>
    internal RegoType? Type { get; private set; }

    internal TypeTree? Child(RegoValue key) => Children.GetValueOrDefault(key);

    internal void Put(IEnumerable<RegoValue> path, RegoType? type) => path.Aggregate(this, static (node, step) => node.Enter(step)).Type = type;

    /// <summary>Adds the type of a rule to what other rules of its document, and of documents around it, have given.</summary>
    internal void Insert(RegoValue[] path, RegoType type)
    {
        var node = this;
        for (var i = 0; i < path.Length; i++)
        {
            node = node.Enter(path[i]);
            if (node.Type is ObjectType around && i + 1 < path.Length)
            {
                node.Type = Extend(around, path.AsSpan(i + 1), type);
            }
        }

        node.Type = Merge(node.Type, type);
        if (node.Type is ObjectType)
        {
            node.TakeLeaves(node, []);
        }
    }

    /// <summary>The type of a node with all that is below it; other members may come from base documents.</summary>
    internal RegoType? Extent() => Type ?? new ObjectType(
        Children.Where(c => c.Key is RegoString or RegoNumber or RegoBoolean).Select(c => KeyValuePair.Create(c.Key, c.Value.Extent())),
        (RegoType.String, RegoType.Any));

    private TypeTree Enter(RegoValue step)
    {
        if (!Children.TryGetValue(step, out var child))
        {
            Children.Add(step, child = new TypeTree());
        }

        return child;
    }

    private void TakeLeaves(TypeTree from, RegoValue[] path)
    {
        foreach (var (key, child) in from.Children)
        {
            RegoValue[] below = [.. path, key];
            if (child.Type is not null)
            {
                Type = Extend((ObjectType)Type!, below, child.Type);
            }
            else
            {
                TakeLeaves(child, below);
            }
        }
    }

    private static ObjectType Extend(ObjectType type, ReadOnlySpan<RegoValue> path, RegoType added)
    {
        var key = RegoType.Of(path[0]);
        var value = path.Length == 1 ? added : Extend(new ObjectType([], null), path[1..], added);
        return new ObjectType(type.Members, (RegoType.Or(type.Others?.Key, key), RegoType.Or(type.Others?.Value, value)));
    }

    private static RegoType? Merge(RegoType? left, RegoType? right)
    {
        switch (left, right)
        {
            case (ObjectType { Members.Count: 0, Others: { } l }, ObjectType { Members.Count: 0, Others: { } r }):
                return new ObjectType([], (RegoType.Or(l.Key, r.Key), Merge(l.Value, r.Value)));
            case (SetType l, SetType r):
                return new SetType(RegoType.Or(l.Element, r.Element));
            case (AnyType any, ObjectType { Members.Count: 0, Others: { } o } obj):
                return MergeInto(any, obj, o);
            case (ObjectType { Members.Count: 0, Others: { } o } obj, AnyType any):
                return MergeInto(any, obj, o);
            default:
                return RegoType.Or(left, right);
        }
    }

    private static RegoType? MergeInto(AnyType any, ObjectType obj, (RegoType? Key, RegoType? Value) others)
    {
        var same = any.Alternatives.OfType<ObjectType>().FirstOrDefault(t => t is { Members.Count: 0, Others: not null });
        if (same?.Others is not { } found)
        {
            return RegoType.Or(any, obj);
        }

        var merged = new ObjectType([], (RegoType.Or(found.Key, others.Key), RegoType.Or(found.Value, others.Value)));
        return new AnyType(any.Alternatives.Where(t => !ReferenceEquals(t, same)).Append(merged));
    }
}
