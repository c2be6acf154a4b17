namespace Kfm.Ledger.Lineage;

/// <summary>A chain of entries, each of which caused the next.</summary>
/// <param name="Nodes">The entries from the first cause to the last effect.</param>
public sealed record LineagePath(IReadOnlyList<LineageNode> Nodes);
