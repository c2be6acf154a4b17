using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Sbom;

/// <summary>A package or project of a bill of materials.</summary>
/// <param name="Reference">The name of the component within the bill (<c>bom-ref</c>): the package URL, or name@version of a project.</param>
/// <param name="Name">The name, with the case that the package has.</param>
/// <param name="Version">The resolved version.</param>
public sealed record SbomComponent(string Reference, string Name, string Version)
{
    /// <summary>The CycloneDX type, such as <c>library</c> or <c>application</c>.</summary>
    public string Type { get; init; } = "library";

    /// <summary>The package URL, <c>pkg:nuget/Name@Version</c>; null for a project.</summary>
    public string? PackageUrl { get; init; }

    /// <summary>The hashes of the package file as it was downloaded.</summary>
    public FactList<SbomHash> Hashes { get; init; } = [];

    /// <summary>The SPDX licence expression of the package, whole; null when it states none.</summary>
    public string? LicenceExpression { get; init; }

    /// <summary>The file in the package that is its licence, or the licence's address; null when there is an expression or nothing.</summary>
    public string? LicenceName { get; init; }

    /// <summary>NuGet's content hash, SHA-512 in base 64 of the package without its signature; null for a project.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The repository that the package names; null when it names none.</summary>
    public string? Repository { get; init; }

    /// <summary>The commit that the package names; null when it names none.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether only development needs it: nothing that ships refers to it (scope <c>excluded</c>).</summary>
    public bool IsDevelopmentOnly { get; init; }

    /// <summary>The references of the resolved components that this one needs, sorted.</summary>
    public FactList<string> DependsOn { get; init; } = [];
}
