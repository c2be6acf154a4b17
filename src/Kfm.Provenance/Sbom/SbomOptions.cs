namespace Kfm.Provenance.Sbom;

/// <summary>What a bill of materials says beyond the restored project.</summary>
public sealed record SbomOptions
{
    /// <summary>The time of the bill: that of the source (SOURCE_DATE_EPOCH), so that equal builds have equal bills. Whole seconds are written.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Folders with restored packages, <c>id/version/…</c>, in the order of search. Without the package's files a component has no hash and no licence.</summary>
    public IReadOnlyList<string> PackageFolders { get; init; } = [];

    /// <summary>The target as the assets name it, such as <c>net10.0</c> or <c>net10.0/linux-x64</c>; null when the assets have one.</summary>
    public string? Target { get; init; }

    /// <summary>The name of the project; null for that in the assets.</summary>
    public string? Name { get; init; }

    /// <summary>The version of the project; null for that in the assets.</summary>
    public string? Version { get; init; }

    /// <summary>The CycloneDX type of the project: <c>application</c> or <c>library</c>.</summary>
    public string Type { get; init; } = "application";
}
