namespace Kfm.Agent.Patches;

/// <summary>What a section of a patch does to its file.</summary>
public enum FileChange
{
    /// <summary>The content, the mode or both change; the path stays.</summary>
    Modify,

    /// <summary>The file is new.</summary>
    Add,

    /// <summary>The file goes.</summary>
    Delete,

    /// <summary>The file gets another path, perhaps with other content.</summary>
    Rename,

    /// <summary>A new file is made from another one that stays.</summary>
    Copy,
}
