using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>A collection without order or repetition; it shows its elements sorted.</summary>
public sealed class RegoSet : RegoValue
{
    internal static readonly RegoSet Empty = new(new ValueTable(1, 0));

    private ValueTable _elements;
    private RegoValue[]? _sorted;

    /// <summary>Takes ownership of the elements.</summary>
    internal RegoSet(ValueTable elements)
        : base(RegoKind.Set) => _elements = elements;

    internal RegoSet(HashSet<RegoValue> elements)
        : this(Table(elements))
    {
    }

    /// <summary>The elements, sorted.</summary>
    public IReadOnlyList<RegoValue> Elements => Sorted;

    internal int Count => _elements.Count;

    /// <summary>The elements in no order that anyone may show.</summary>
    internal ReadOnlySpan<RegoValue> Unsorted => _elements.Entries;

    internal RegoValue[] Sorted
    {
        get
        {
            if (_sorted is null)
            {
                var sorted = _elements.Entries.ToArray();
                Array.Sort(sorted, ByOrder);
                _sorted = sorted;
            }

            return _sorted;
        }
    }

    /// <summary>Creates a set.</summary>
    /// <param name="elements">The elements; repeated ones count once.</param>
    public static RegoSet Create(IEnumerable<RegoValue> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return new(Table(elements));
    }

    internal bool Contains(RegoValue value) => _elements.Find(value) >= 0;

    internal HashSet<RegoValue> Copy() => [.. _elements.Entries];

    internal RegoSet Union(RegoSet other)
    {
        if (Count < other.Count)
        {
            return other.Union(this);
        }

        var union = _elements.Copy(other.Count);
        foreach (var element in other.Unsorted)
        {
            union.TryAdd(element);
        }

        return new RegoSet(union);
    }

    /// <summary>The elements of which another set says the given thing: that it holds them, or that it does not.</summary>
    internal RegoSet Where(RegoSet other, bool contained)
    {
        var kept = new ValueTable(1, 0);
        foreach (var element in Unsorted)
        {
            if (other.Contains(element) == contained)
            {
                kept.Add(element, element);
            }
        }

        return kept.Count == 0 ? Empty : kept.Count == Count ? this : new RegoSet(kept);
    }

    internal override RegoValue? Get(RegoValue key) => _elements.Find(key) is var at && at >= 0 ? _elements.KeyAt(at) : null;

    internal override void Print(StringBuilder text)
    {
        if (Count == 0)
        {
            text.Append("set()");
            return;
        }

        EnsureStack();
        text.Append('{');
        var separator = "";
        foreach (var element in Sorted)
        {
            text.Append(separator);
            element.Print(text);
            separator = ", ";
        }

        text.Append('}');
    }

    private protected override int CompareSameKind(RegoValue other) => RegoArray.CompareSpans(Sorted, ((RegoSet)other).Sorted);

    private protected override bool EqualsSameKind(RegoValue other)
    {
        var right = (RegoSet)other;
        if (Count != right.Count)
        {
            return false;
        }

        foreach (var element in Unsorted)
        {
            if (!right.Contains(element))
            {
                return false;
            }
        }

        return true;
    }

    private protected override int ComputeHash()
    {
        EnsureStack();
        var hash = 23;
        foreach (var element in Unsorted)
        {
            hash = unchecked(hash + (element.GetHashCode() * 37));
        }

        return hash;
    }

    private static ValueTable Table(IEnumerable<RegoValue> elements)
    {
        var table = new ValueTable(1, elements.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var element in elements)
        {
            table.TryAdd(element);
        }

        return table;
    }
}
