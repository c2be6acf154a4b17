using System.Collections;
using System.Runtime.CompilerServices;

namespace Kfm.Provenance.Evidence;

/// <summary>An immutable list that compares by its items, so that facts are values.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
[CollectionBuilder(typeof(FactListBuilder), nameof(FactListBuilder.Create))]
public sealed class FactList<T> : IReadOnlyList<T>, IEquatable<FactList<T>>
{
    private readonly T[] _items;

    internal FactList(ReadOnlySpan<T> items) => _items = items.ToArray();

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public bool Equals(FactList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FactList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
