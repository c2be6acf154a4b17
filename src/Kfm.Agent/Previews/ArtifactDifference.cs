namespace Kfm.Agent.Previews;

/// <summary>A place where two builds of the same tree differ.</summary>
/// <param name="Path">The path of the artifact from the root of the tree, with forward slashes.</param>
/// <param name="Entry">The name of the entry when the artifact is a zip archive and its entries tell the difference, else null.</param>
/// <param name="Reason">What differs, for example <c>bytes from offset 136</c>.</param>
public sealed record ArtifactDifference(string Path, string? Entry, string Reason)
{
    /// <summary>The difference in one line.</summary>
    public override string ToString() => Entry is null ? $"{Path}: {Reason}" : $"{Path}!{Entry}: {Reason}";
}
