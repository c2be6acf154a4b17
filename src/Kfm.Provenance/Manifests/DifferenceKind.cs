namespace Kfm.Provenance.Manifests;

/// <summary>How a tree differs at a path from what was expected.</summary>
public enum DifferenceKind
{
    /// <summary>The path was expected and is not there.</summary>
    Missing,

    /// <summary>The path is there and was not expected.</summary>
    Extra,

    /// <summary>The path is there, but is not what was expected.</summary>
    Changed,
}
