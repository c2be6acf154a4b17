namespace Kfm.Ledger.Lineage;

/// <summary>A part of the lineage: what a question found.</summary>
/// <param name="Root">The index of the entry that was asked about.</param>
/// <param name="Size">The size of the log that was asked: entries from this index on are not there.</param>
/// <param name="Nodes">The entries, nearest first, then by index.</param>
/// <param name="Edges">The edges among them, by effect and cause.</param>
/// <param name="IsComplete">False when the depth or the number of nodes was limited and there is more.</param>
public sealed record LineageView(long Root, long Size, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, bool IsComplete);
