using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>A map with keys of any kind; it shows its members sorted by key.</summary>
public sealed class RegoObject : RegoValue
{
    internal static readonly RegoObject Empty = new([]);

    private readonly Dictionary<RegoValue, RegoValue> _members;
    private KeyValuePair<RegoValue, RegoValue>[]? _sorted;

    /// <summary>Takes ownership of the members.</summary>
    internal RegoObject(Dictionary<RegoValue, RegoValue> members) => _members = members;

    /// <summary>The members, sorted by key.</summary>
    public IReadOnlyList<KeyValuePair<RegoValue, RegoValue>> Members => Sorted;

    /// <inheritdoc/>
    public override RegoKind Kind => RegoKind.Object;

    internal int Count => _members.Count;

    internal KeyValuePair<RegoValue, RegoValue>[] Sorted
    {
        get
        {
            if (_sorted is null)
            {
                var sorted = _members.ToArray();
                Array.Sort(sorted, static (l, r) => Compare(l.Key, r.Key));
                _sorted = sorted;
            }

            return _sorted;
        }
    }

    /// <summary>Creates an object.</summary>
    /// <param name="members">The members; of equal keys the last one wins.</param>
    public static RegoObject Create(IEnumerable<KeyValuePair<RegoValue, RegoValue>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var map = new Dictionary<RegoValue, RegoValue>();
        foreach (var (key, value) in members)
        {
            map[key] = value;
        }

        return new RegoObject(map);
    }

    /// <summary>The value of a member; null when there is none.</summary>
    /// <param name="key">The key, a string.</param>
    public RegoValue? Member(string key) => Get(Of(key));

    internal Dictionary<RegoValue, RegoValue> Copy() => new(_members);

    /// <summary>This object with one member put in place.</summary>
    internal RegoObject With(RegoValue key, RegoValue value) => new(new Dictionary<RegoValue, RegoValue>(_members) { [key] = value });

    internal override RegoValue? Get(RegoValue key) => _members.GetValueOrDefault(key);

    internal override void Print(StringBuilder text)
    {
        text.Append('{');
        var separator = "";
        foreach (var (key, value) in Sorted)
        {
            text.Append(separator);
            key.Print(text);
            text.Append(": ");
            value.Print(text);
            separator = ", ";
        }

        text.Append('}');
    }

    private protected override int CompareSameKind(RegoValue other)
    {
        var (left, right) = (Sorted, ((RegoObject)other).Sorted);
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var order = Compare(left[i].Key, right[i].Key);
            order = order == 0 ? Compare(left[i].Value, right[i].Value) : order;
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length - right.Length;
    }

    private protected override bool EqualsSameKind(RegoValue other)
    {
        var right = (RegoObject)other;
        if (right.Count != Count)
        {
            return false;
        }

        foreach (var (key, value) in _members)
        {
            if (right.Get(key) is not { } found || !found.Equals(value))
            {
                return false;
            }
        }

        return true;
    }

    private protected override int ComputeHash()
    {
        var hash = 29;
        foreach (var (key, value) in _members)
        {
            hash = unchecked(hash + (key.GetHashCode() * 41) + (value.GetHashCode() * 43) + (key.GetHashCode() ^ value.GetHashCode()));
        }

        return hash;
    }
}
