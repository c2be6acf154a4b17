namespace Kfm.Agent.Patches;

/// <summary>A run of changed lines with the lines around them.</summary>
/// <param name="Line">The line of the patch on which the hunk starts, from 1.</param>
/// <param name="OldStart">The first line in the old file, from 1; 0 when the old side is empty at the start of the file.</param>
/// <param name="OldCount">How many lines of the old file the hunk covers.</param>
/// <param name="NewStart">The first line in the new file, from 1; 0 when the new side is empty at the start of the file.</param>
/// <param name="NewCount">How many lines of the new file the hunk covers.</param>
/// <param name="Lines">The lines.</param>
public sealed record Hunk(int Line, int OldStart, int OldCount, int NewStart, int NewCount, IReadOnlyList<HunkLine> Lines);
