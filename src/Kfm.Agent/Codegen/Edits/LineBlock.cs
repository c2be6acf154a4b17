namespace Kfm.Agent.Codegen.Edits;

/// <summary>A run of lines that goes and a run of lines that comes in its place; one of both may be empty.</summary>
/// <param name="Old">The first old line, from 0.</param>
/// <param name="OldEnd">The line after the last old one.</param>
/// <param name="New">The first new line, from 0.</param>
/// <param name="NewEnd">The line after the last new one.</param>
internal readonly record struct LineBlock(int Old, int OldEnd, int New, int NewEnd);
