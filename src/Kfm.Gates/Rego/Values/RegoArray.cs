using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>An ordered list of values.</summary>
public sealed class RegoArray : RegoValue
{
    internal static readonly RegoArray Empty = new([]);

    private readonly RegoValue[] _items;

    internal RegoArray(RegoValue[] items)
        : base(RegoKind.Array) => _items = items;

    /// <summary>The items in order.</summary>
    public IReadOnlyList<RegoValue> Items => _items;

    internal ReadOnlySpan<RegoValue> Span => _items;

    internal int Count => _items.Length;

    /// <summary>Creates an array.</summary>
    /// <param name="items">The items; copied.</param>
    public static RegoArray Create(IEnumerable<RegoValue> items) => new([.. items]);

    internal override RegoValue? Get(RegoValue key) =>
        key is RegoNumber number && number.TryGetInt64(out var index) && index >= 0 && index < _items.Length ? _items[index] : null;

    internal override void Print(StringBuilder text)
    {
        EnsureStack();
        text.Append('[');
        for (var i = 0; i < _items.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            _items[i].Print(text);
        }

        text.Append(']');
    }

    internal static int CompareSpans(ReadOnlySpan<RegoValue> left, ReadOnlySpan<RegoValue> right)
    {
        EnsureStack();
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var order = Compare(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length - right.Length;
    }

    private protected override int CompareSameKind(RegoValue other) => CompareSpans(_items, ((RegoArray)other)._items);

    private protected override bool EqualsSameKind(RegoValue other)
    {
        EnsureStack();
        var right = ((RegoArray)other)._items;
        if (right.Length != _items.Length)
        {
            return false;
        }

        for (var i = 0; i < _items.Length; i++)
        {
            if (!_items[i].Equals(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private protected override int ComputeHash()
    {
        EnsureStack();
        var hash = 19;
        foreach (var item in _items)
        {
            hash = unchecked((hash * 31) + item.GetHashCode());
        }

        return hash;
    }
}
