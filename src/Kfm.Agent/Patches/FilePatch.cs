namespace Kfm.Agent.Patches;

/// <summary>The section of a patch for one file.</summary>
public sealed record FilePatch
{
    /// <summary>The line of the patch on which the section starts, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What the section does.</summary>
    public required FileChange Change { get; init; }

    /// <summary>The path before; for <see cref="FileChange.Add"/> the new path.</summary>
    public required string OldPath { get; init; }

    /// <summary>The path after; for <see cref="FileChange.Delete"/> the old path.</summary>
    public required string NewPath { get; init; }

    /// <summary>The mode before, for example 100644, or null where the patch does not say it.</summary>
    public string? OldMode { get; init; }

    /// <summary>The mode after, or null where the patch does not change it.</summary>
    public string? NewMode { get; init; }

    /// <summary>Whether the section stands for binary content, which a text patch does not carry.</summary>
    public bool IsBinary { get; init; }

    /// <summary>The hunks in the order of the file; empty when only path or mode change or the file is empty.</summary>
    public IReadOnlyList<Hunk> Hunks { get; init; } = [];
}
