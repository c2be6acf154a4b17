namespace Kfm.Pipeline.Report.Diff;

/// <summary>A line of a patch with its numbers.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Before">Its number in the old file, or null.</param>
/// <param name="After">Its number in the new file, or null.</param>
/// <param name="Text">The line with its sign.</param>
internal readonly record struct DiffLine(DiffLineKind Kind, int? Before, int? After, string Text);
