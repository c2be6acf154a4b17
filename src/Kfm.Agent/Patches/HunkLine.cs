namespace Kfm.Agent.Patches;

/// <summary>A line of a hunk.</summary>
/// <param name="Kind">What the line does.</param>
/// <param name="Content">The bytes of the file's line, with its newline; without one when the file ends there without a newline.</param>
public readonly record struct HunkLine(HunkLineKind Kind, ReadOnlyMemory<byte> Content);
