using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>A map with keys of any kind; it shows its members sorted by key.</summary>
public sealed class RegoObject : RegoValue
{
    internal static readonly RegoObject Empty = new(new ValueTable(2, 0));

    private ValueTable _members;
    private KeyValuePair<RegoValue, RegoValue>[]? _sorted;

    /// <summary>Takes ownership of the members.</summary>
    internal RegoObject(ValueTable members)
        : base(RegoKind.Object) => _members = members;

    internal RegoObject(Dictionary<RegoValue, RegoValue> members)
        : this(Table(members))
    {
    }

    /// <summary>The members, sorted by key.</summary>
    public IReadOnlyList<KeyValuePair<RegoValue, RegoValue>> Members => Sorted;

    internal int Count => _members.Count;

    /// <summary>Keys and values in turn, in no order that anyone may show.</summary>
    internal ReadOnlySpan<RegoValue> Unsorted => _members.Entries;

    internal KeyValuePair<RegoValue, RegoValue>[] Sorted
    {
        get
        {
            if (_sorted is null)
            {
                var sorted = new KeyValuePair<RegoValue, RegoValue>[Count];
                for (var i = 0; i < sorted.Length; i++)
                {
                    sorted[i] = new(_members.KeyAt(i), _members.ValueAt(i));
                }

                Sort(sorted);
                _sorted = sorted;
            }

            return _sorted;
        }
    }

    /// <summary>Few members are put in their place one by one, which needs no code that is compiled in every process.</summary>
    private static void Sort(KeyValuePair<RegoValue, RegoValue>[] members)
    {
        if (members.Length > 12)
        {
            Array.Sort(members, static (l, r) => Compare(l.Key, r.Key));
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var at = i;
            for (; at > 0 && Compare(members[at - 1].Key, member.Key) > 0; at--)
            {
                members[at] = members[at - 1];
            }

            members[at] = member;
        }
    }

    /// <summary>Creates an object.</summary>
    /// <param name="members">The members; of equal keys the last one wins.</param>
    public static RegoObject Create(IEnumerable<KeyValuePair<RegoValue, RegoValue>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return new RegoObject(Table(members));
    }

    /// <summary>The value of a member; null when there is none.</summary>
    /// <param name="key">The key, a string.</param>
    public RegoValue? Member(string key) => Get(Of(key));

    internal ValueTable Copy(int more) => _members.Copy(more);

    /// <summary>This object with one member put in place.</summary>
    internal RegoObject With(RegoValue key, RegoValue value)
    {
        var members = _members.Copy(1);
        members.Put(key, value);
        return new RegoObject(members);
    }

    internal override RegoValue? Get(RegoValue key)
    {
        var at = _members.Find(key);
        return at < 0 ? null : _members.ValueAt(at);
    }

    internal override void Print(StringBuilder text)
    {
        EnsureStack();
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
        EnsureStack();
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
        EnsureStack();
        var right = (RegoObject)other;
        if (right.Count != Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (right.Get(_members.KeyAt(i)) is not { } found || !found.Equals(_members.ValueAt(i)))
            {
                return false;
            }
        }

        return true;
    }

    private protected override int ComputeHash()
    {
        EnsureStack();
        var hash = 29;
        for (var i = 0; i < Count; i++)
        {
            var (key, value) = (_members.KeyAt(i).GetHashCode(), _members.ValueAt(i).GetHashCode());
            hash = unchecked(hash + (key * 41) + (value * 43) + (key ^ value));
        }

        return hash;
    }

    private static ValueTable Table(IEnumerable<KeyValuePair<RegoValue, RegoValue>> members)
    {
        var table = new ValueTable(2, members.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var (key, value) in members)
        {
            table.Put(key, value);
        }

        return table;
    }
}
