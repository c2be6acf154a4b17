namespace Kfm.Agent.Patches;

/// <summary>A patch that became a commit in a clone, or what stood against it.</summary>
/// <param name="Commit">The id of the commit, or null when git refused the patch or disagreed about the tree.</param>
/// <param name="TreeId">The id of the tree that Kfm computed.</param>
/// <param name="GitTreeId">The id of the tree that <c>git apply --index</c> and <c>git write-tree</c> made, or null when git refused.</param>
/// <param name="Error">What git said when it refused the patch, or null.</param>
public sealed record Proposal(string? Commit, string TreeId, string? GitTreeId, string? Error)
{
    /// <summary>Whether git and Kfm made the same tree.</summary>
    public bool Agrees => string.Equals(TreeId, GitTreeId, StringComparison.Ordinal);
}
