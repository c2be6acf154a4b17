namespace Kfm.Agent.Patches;

/// <summary>A line that a patch adds.</summary>
/// <param name="Path">The path after the patch.</param>
/// <param name="Line">The number of the line after the patch, from 1, as the hunk says it.</param>
/// <param name="Content">The bytes of the line, with its newline when it has one.</param>
public readonly record struct AddedLine(string Path, int Line, ReadOnlyMemory<byte> Content);
