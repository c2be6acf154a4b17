namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>Objects: the members that are known, and the types of keys and values of all others (null for none).</summary>
internal sealed class ObjectType : RegoType
{
    private readonly KeyValuePair<RegoValue, RegoType?>[] _members;

    internal ObjectType(IEnumerable<KeyValuePair<RegoValue, RegoType?>> members, (RegoType? Key, RegoType? Value)? others)
    {
        _members = [.. members.DistinctBy(m => m.Key)];
        Array.Sort(_members, static (l, r) => RegoValue.Compare(l.Key, r.Key));
        Others = others;
    }

    /// <summary>The known members, sorted by key.</summary>
    internal IReadOnlyList<KeyValuePair<RegoValue, RegoType?>> Members => _members;

    internal (RegoType? Key, RegoType? Value)? Others { get; }

    internal override int Order => 5;

    internal override RegoType? Keys => Or(_members.Aggregate((RegoType?)null, static (type, m) => Or(type, Of(m.Key))), Others?.Key);

    internal override RegoType? Values => Or(_members.Aggregate((RegoType?)null, static (type, m) => Or(type, m.Value)), Others?.Value);

    internal override bool IsUnknown => Array.Exists(_members, m => Unknown(m.Value)) || (Others is { } others && (Unknown(others.Key) || Unknown(others.Value)));

    internal override RegoType? Select(RegoValue key)
    {
        foreach (var member in _members)
        {
            if (member.Key.Equals(key))
            {
                return member.Value;
            }
        }

        return Others is { } others && Contains(others.Key, Of(key)) ? others.Value : null;
    }

    public override string ToString()
    {
        var members = _members.Length == 0 ? "" : $"<{string.Join(", ", _members.Select(m => $"{KeyText(m.Key)}: {Text(m.Value)}"))}>";
        return "object" + members + (Others is { } others ? $"[{Text(others.Key)}: {Text(others.Value)}]" : "");
    }

    private static string KeyText(RegoValue key) => key is RegoString text ? text.Text : key.ToString()!;

    private protected override int CompareSame(RegoType other)
    {
        var right = (ObjectType)other;
        if ((Others is null) != (right.Others is null))
        {
            return Others is null ? -1 : 1;
        }

        if (Others is { } l && right.Others is { } r)
        {
            var order = Compare(l.Key, r.Key);
            order = order != 0 ? order : Compare(l.Value, r.Value);
            if (order != 0)
            {
                return order;
            }
        }

        for (var i = 0; i < Math.Min(_members.Length, right._members.Length); i++)
        {
            var order = RegoValue.Compare(_members[i].Key, right._members[i].Key);
            order = order != 0 ? order : Compare(_members[i].Value, right._members[i].Value);
            if (order != 0)
            {
                return order;
            }
        }

        return _members.Length.CompareTo(right._members.Length);
    }
}
