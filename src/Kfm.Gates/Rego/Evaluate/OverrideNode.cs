namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A set of paths below data, immutable.</summary>
internal sealed class OverrideNode
{
    internal static readonly OverrideNode None = new();

    private readonly Dictionary<string, OverrideNode> _children = new(StringComparer.Ordinal);

    internal bool IsEnd { get; private init; }

    internal OverrideNode? Child(RegoValue key) => key is RegoString name ? _children.GetValueOrDefault(name.Text) : null;

    internal OverrideNode Put(ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || IsEnd)
        {
            return new OverrideNode { IsEnd = true };
        }

        var copy = new OverrideNode();
        foreach (var (name, child) in _children)
        {
            copy._children.Add(name, child);
        }

        copy._children[path[0]] = (_children.GetValueOrDefault(path[0]) ?? None).Put(path[1..]);
        return copy;
    }
}
