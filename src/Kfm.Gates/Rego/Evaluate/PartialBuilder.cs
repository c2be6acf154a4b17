using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A set or object that partial rules fill.</summary>
internal sealed class PartialBuilder(bool isSet)
{
    private readonly Dictionary<RegoValue, PartialBuilder>? _members = isSet ? null : [];
    private readonly HashSet<RegoValue>? _elements = isSet ? [] : null;
    private RegoValue? _leaf;

    internal void Put(ReadOnlySpan<RegoValue> path, RegoValue value, Location place)
    {
        var builder = Walk(path[..^1], place);
        var key = path[^1];
        if (builder._members!.TryGetValue(key, out var member))
        {
            if (member._leaf is null || !member._leaf.Equals(value))
            {
                throw Conflict(place);
            }

            return;
        }

        builder._members[key] = new PartialBuilder(isSet: false) { _leaf = value };
    }

    internal void Add(ReadOnlySpan<RegoValue> path, RegoValue element, Location place)
    {
        if (path.IsEmpty)
        {
            (_elements ?? throw Conflict(place)).Add(element);
            return;
        }

        var builder = Walk(path[..^1], place);
        if (!builder._members!.TryGetValue(path[^1], out var set))
        {
            builder._members[path[^1]] = set = new PartialBuilder(isSet: true);
        }

        (set._elements ?? throw Conflict(place)).Add(element);
    }

    /// <summary>Lays a finished document over what is at the path.</summary>
    internal void Merge(ReadOnlySpan<RegoValue> path, RegoValue value, Location place)
    {
        switch (value)
        {
            case RegoObject obj:
                var target = Walk(path, place);
                foreach (var (key, member) in obj.Sorted)
                {
                    target.Put([key], member, place);
                }

                break;
            case RegoSet set:
                foreach (var element in set.Sorted)
                {
                    Add(path, element, place);
                }

                break;
            default:
                Put(path, value, place);
                break;
        }
    }

    internal RegoValue Finish()
    {
        if (_leaf is not null)
        {
            return _leaf;
        }

        return _elements is not null
            ? new RegoSet(_elements)
            : new RegoObject(_members!.ToDictionary(m => m.Key, m => m.Value.Finish()));
    }

    private PartialBuilder Walk(ReadOnlySpan<RegoValue> path, Location place)
    {
        var builder = this;
        foreach (var key in path)
        {
            if (builder._members is null || builder._leaf is not null)
            {
                throw Conflict(place);
            }

            if (!builder._members.TryGetValue(key, out var next))
            {
                builder._members[key] = next = new PartialBuilder(isSet: false);
            }

            builder = next;
        }

        return builder._members is null || builder._leaf is not null ? throw Conflict(place) : builder;
    }

    private static RegoEvaluationException Conflict(Location place) =>
        EvaluationState.Error(RegoEvaluationException.Conflict, "object keys must be unique", place);
}
