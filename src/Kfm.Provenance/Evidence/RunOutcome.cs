namespace Kfm.Provenance.Evidence;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>It did what it was to do.</summary>
    Succeeded,

    /// <summary>It ran and found a failure.</summary>
    Failed,

    /// <summary>It did not run, because an earlier stage failed.</summary>
    Skipped,
}
