namespace Kfm.Provenance.Manifests;

/// <summary>A path at which a tree differs from what was expected.</summary>
/// <param name="Kind">How it differs.</param>
/// <param name="Path">The path below the root.</param>
/// <param name="Detail">What differs, in words; empty when the kind says all.</param>
public sealed record ManifestDifference(DifferenceKind Kind, string Path, string Detail = "")
{
    /// <summary>The kind in lower case, the path, and the detail behind a colon.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Path}{(Detail.Length > 0 ? ": " + Detail : "")}";
}
