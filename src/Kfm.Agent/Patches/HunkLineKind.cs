namespace Kfm.Agent.Patches;

/// <summary>What a line of a hunk does.</summary>
public enum HunkLineKind
{
    /// <summary>The line is there before and after.</summary>
    Context,

    /// <summary>The line goes.</summary>
    Deleted,

    /// <summary>The line is new.</summary>
    Added,
}
