namespace Kfm.Ledger.Lineage;

/// <summary>One entry came from another. A cause always stands before its effect, so that the lineage has no cycle.</summary>
/// <param name="Cause">The index of the earlier entry.</param>
/// <param name="Effect">The index of the entry that refers to it.</param>
public readonly record struct LineageEdge(long Cause, long Effect);
