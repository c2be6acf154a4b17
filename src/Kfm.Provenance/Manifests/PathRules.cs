namespace Kfm.Provenance.Manifests;

/// <summary>Which names a path below a root may have.</summary>
public enum PathRules
{
    /// <summary>Names that mean the same on every system: no backslash, no drive letter, no control character.</summary>
    Portable,

    /// <summary>Every name that a file of a Unix system can have in UTF-8: all but <c>/</c> and NUL.</summary>
    Unix,
}
