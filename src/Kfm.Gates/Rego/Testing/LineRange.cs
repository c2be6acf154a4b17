namespace Kfm.Gates.Rego;

/// <summary>Lines from the first to the last, both included.</summary>
/// <param name="Start">The first line, from 1.</param>
/// <param name="End">The last line.</param>
public sealed record LineRange(int Start, int End);
