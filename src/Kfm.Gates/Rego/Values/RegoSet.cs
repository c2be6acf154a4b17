using System.Text;

namespace Kfm.Gates.Rego;

/// <summary>A collection without order or repetition; it shows its elements sorted.</summary>
public sealed class RegoSet : RegoValue
{
    internal static readonly RegoSet Empty = new([]);

    private readonly HashSet<RegoValue> _elements;
    private RegoValue[]? _sorted;

    /// <summary>Takes ownership of the elements.</summary>
    internal RegoSet(HashSet<RegoValue> elements) => _elements = elements;

    /// <summary>The elements, sorted.</summary>
    public IReadOnlyList<RegoValue> Elements => Sorted;

    /// <inheritdoc/>
    public override RegoKind Kind => RegoKind.Set;

    internal int Count => _elements.Count;

    internal RegoValue[] Sorted
    {
        get
        {
            if (_sorted is null)
            {
                var sorted = _elements.ToArray();
                Array.Sort(sorted, Compare);
                _sorted = sorted;
            }

            return _sorted;
        }
    }

    /// <summary>Creates a set.</summary>
    /// <param name="elements">The elements; repeated ones count once.</param>
    public static RegoSet Create(IEnumerable<RegoValue> elements) => new([.. elements]);

    internal bool Contains(RegoValue value) => _elements.Contains(value);

    internal HashSet<RegoValue> Copy() => [.. _elements];

    internal override RegoValue? Get(RegoValue key) => _elements.TryGetValue(key, out var element) ? element : null;

    internal override void Print(StringBuilder text)
    {
        if (_elements.Count == 0)
        {
            text.Append("set()");
            return;
        }

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

    private protected override bool EqualsSameKind(RegoValue other) => _elements.Count == ((RegoSet)other).Count && _elements.SetEquals(((RegoSet)other)._elements);

    private protected override int ComputeHash()
    {
        var hash = 23;
        foreach (var element in _elements)
        {
            hash = unchecked(hash + (element.GetHashCode() * 37));
        }

        return hash;
    }
}
