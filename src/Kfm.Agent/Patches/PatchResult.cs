using Kfm.Agent.Git;

namespace Kfm.Agent.Patches;

/// <summary>What came of applying a patch: a new tree, or the reasons why there is none.</summary>
public sealed class PatchResult
{
    internal PatchResult(IReadOnlyList<PatchFinding> findings, GitTree? tree, IReadOnlyList<PatchedFile> files)
    {
        Findings = findings;
        Tree = tree;
        TreeId = tree?.ComputeId();
        Files = files;
    }

    /// <summary>Whether the patch was applied.</summary>
    public bool Applied => Tree is not null;

    /// <summary>The reasons to refuse the patch; empty when it was applied.</summary>
    public IReadOnlyList<PatchFinding> Findings { get; }

    /// <summary>The tree after the patch, or null.</summary>
    public GitTree? Tree { get; }

    /// <summary>The id that git gives to the tree after the patch, or null.</summary>
    public string? TreeId { get; }

    /// <summary>The files that the patch changed or made, in its order.</summary>
    public IReadOnlyList<PatchedFile> Files { get; }
}
