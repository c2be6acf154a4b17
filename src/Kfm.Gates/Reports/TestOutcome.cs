namespace Kfm.Gates.Reports;

/// <summary>What came of a test.</summary>
public enum TestOutcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed, or was broken off.</summary>
    Failed,

    /// <summary>It did not run.</summary>
    Skipped,
}
