namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Steps through values.</summary>
internal static class Paths
{
    internal static RegoValue? Get(RegoValue? value, ReadOnlySpan<RegoValue> path)
    {
        foreach (var key in path)
        {
            value = value?.Get(key);
        }

        return value;
    }

    /// <summary>The value with another one put at a path; what lies on the way and is no object gives way.</summary>
    internal static RegoValue Put(RegoValue? value, ReadOnlySpan<string> path, RegoValue replacement)
    {
        if (path.IsEmpty)
        {
            return replacement;
        }

        var key = new RegoString(path[0]);
        var obj = value as RegoObject ?? RegoObject.Empty;
        return obj.With(key, Put(obj.Get(key), path[1..], replacement));
    }

    /// <summary>Two documents laid over each other; where both are objects they merge, else the upper one counts.</summary>
    internal static RegoValue Merge(RegoValue? lower, RegoValue upper)
    {
        if (lower is not RegoObject left || upper is not RegoObject right)
        {
            return upper;
        }

        var members = left.Copy(right.Count);
        foreach (var (key, value) in right.Sorted)
        {
            members.Put(key, Merge(left.Get(key), value));
        }

        return new RegoObject(members);
    }
}
