namespace Kfm.Pipeline.Report;

/// <summary>How a text of the report is shown.</summary>
internal enum MarkKind
{
    /// <summary>As prose.</summary>
    Text,

    /// <summary>In a fixed-width face.</summary>
    Code,

    /// <summary>In a fixed-width face, shortened to the eye.</summary>
    Digest,

    /// <summary>As a result.</summary>
    Status,
}
