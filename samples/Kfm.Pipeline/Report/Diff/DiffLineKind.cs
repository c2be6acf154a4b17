namespace Kfm.Pipeline.Report.Diff;

/// <summary>What a line of a patch is.</summary>
internal enum DiffLineKind
{
    /// <summary>A line of both files.</summary>
    Context,

    /// <summary>A line that was added.</summary>
    Added,

    /// <summary>A line that was deleted.</summary>
    Deleted,

    /// <summary>The head of a hunk, or a line without a number.</summary>
    Head,
}
