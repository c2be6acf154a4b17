namespace Kfm.Agent.Git;

/// <summary>A file, link or submodule of a git tree.</summary>
/// <param name="Path">The path from the root of the tree, with <c>/</c> between names.</param>
/// <param name="Mode">100644, 100755, 120000 (a link) or 160000 (a submodule), as git writes it.</param>
/// <param name="Id">The object's id: 40 lower-case hexadecimal digits.</param>
public sealed record TreeEntry(string Path, string Mode, string Id);
