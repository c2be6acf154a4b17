namespace Kfm.Provenance.Evidence;

/// <summary>Makes lists of facts.</summary>
public static class FactListBuilder
{
    /// <summary>Copies items into a list.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The items, in the order that they keep.</param>
    public static FactList<T> Create<T>(ReadOnlySpan<T> items) => new(items);
}
