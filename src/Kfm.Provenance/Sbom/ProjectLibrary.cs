namespace Kfm.Provenance.Sbom;

/// <summary>A library of the resolved graph.</summary>
/// <param name="Name">The name with the package's case.</param>
/// <param name="Version">The resolved version.</param>
/// <param name="IsProject">Whether it is a project reference.</param>
/// <param name="ContentHash">NuGet's content hash; null for a project.</param>
/// <param name="Folder">The folder below the packages folder, with <c>/</c>; null for a project.</param>
/// <param name="Dependencies">The names of what it needs.</param>
internal sealed record ProjectLibrary(
    string Name, string Version, bool IsProject, string? ContentHash, string? Folder, IReadOnlyList<string> Dependencies);
