namespace Kfm.Ledger.Lineage;

/// <summary>
/// Where the edges of the lineage come from: memory, or the store of a log. Edges are never changed or removed, and an entry's causes are
/// known when it is appended, so the lineage of a smaller log is what lies below that size.
/// </summary>
internal interface ILineageEdges
{
    /// <summary>The number of entries whose edges are known.</summary>
    long Size { get; }

    /// <summary>An entry as a node, or null for one that was disposed of.</summary>
    /// <param name="index">An index below <see cref="Size"/>.</param>
    /// <param name="depth">What to write into the node.</param>
    LineageNode? Node(long index, int depth);

    /// <summary>Adds the entries that an entry refers to, ascending.</summary>
    void Causes(long index, List<long> into);

    /// <summary>Adds the entries that refer to an entry, in any order.</summary>
    void Effects(long index, List<long> into);
}
