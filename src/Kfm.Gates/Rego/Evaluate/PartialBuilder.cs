using System.Runtime.InteropServices;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A set or object that partial rules fill. The members of an object are values, or builders that go on.</summary>
internal sealed class PartialBuilder(Scratch scratch, bool isSet)
{
    private readonly Dictionary<RegoValue, object>? _members = isSet ? null : [];
    private readonly GatheredTable? _elements = isSet ? scratch.RentTable(1) : null;

    internal void Put(ReadOnlySpan<RegoValue> path, RegoValue value, Location place)
    {
        var members = Walk(path[..^1], place)._members!;
        ref var member = ref CollectionsMarshal.GetValueRefOrAddDefault(members, path[^1], out var exists);
        if (!exists)
        {
            member = value;
        }
        else if (member is not RegoValue other || !other.Equals(value))
        {
            throw Conflict(place);
        }
    }

    internal void Add(ReadOnlySpan<RegoValue> path, RegoValue element, Location place)
    {
        if (path.IsEmpty)
        {
            Add(element, place);
            return;
        }

        var members = Walk(path[..^1], place)._members!;
        ref var member = ref CollectionsMarshal.GetValueRefOrAddDefault(members, path[^1], out var exists);
        if (!exists)
        {
            member = new PartialBuilder(scratch, isSet: true);
        }

        (member as PartialBuilder ?? throw Conflict(place)).Add(element, place);
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
        if (_elements is not null)
        {
            return scratch.FinishSet(_elements);
        }

        var table = new ValueTable(2, _members!.Count);
        foreach (var (key, member) in _members)
        {
            table.Add(key, member as RegoValue ?? ((PartialBuilder)member).Finish());
        }

        return new RegoObject(table);
    }

    private void Add(RegoValue element, Location place)
    {
        (_elements ?? throw Conflict(place)).Add(element);
    }

    private PartialBuilder Walk(ReadOnlySpan<RegoValue> path, Location place)
    {
        var builder = this;
        foreach (var key in path)
        {
            ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(builder._members ?? throw Conflict(place), key, out var exists);
            if (!exists)
            {
                next = new PartialBuilder(scratch, isSet: false);
            }

            builder = next as PartialBuilder ?? throw Conflict(place);
        }

        return builder._members is null ? throw Conflict(place) : builder;
    }

    private static RegoEvaluationException Conflict(Location place) =>
        EvaluationState.Error(RegoEvaluationException.Conflict, "object keys must be unique", place);
}
