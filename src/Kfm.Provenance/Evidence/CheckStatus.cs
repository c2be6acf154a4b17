namespace Kfm.Provenance.Evidence;

/// <summary>The result of a check.</summary>
public enum CheckStatus
{
    /// <summary>It ran and passed.</summary>
    Passed,

    /// <summary>It ran and failed.</summary>
    Failed,

    /// <summary>It could not run; a gate that needs it denies.</summary>
    Error,

    /// <summary>There was nothing to check, as the configuration says.</summary>
    Skipped,
}
