using Kfm.Gates.Reports;

namespace Kfm.Agent.Previews;

/// <summary>What a test or lint command came to.</summary>
/// <param name="Check">The check: <c>tests</c> or <c>lint</c>.</param>
public sealed record StepResult(CheckResult Check)
{
    /// <summary>The absolute paths of the result files that the command wrote (TRX), sorted; they live as long as the workspace.</summary>
    public IReadOnlyList<string> ResultFiles { get; init; } = [];

    /// <summary>The absolute paths of the coverage files that the command wrote (Cobertura), sorted; they live as long as the workspace.</summary>
    public IReadOnlyList<string> CoverageFiles { get; init; } = [];

    /// <summary>The result files of the tests as one report without machine names, ids and times; null for lint, and when there is none to be read.</summary>
    public TestReport? Report { get; init; }

    /// <summary>The coverage files as one report; null when coverage is not configured or cannot be read.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>The end of what the command printed, without times and paths of the machine.</summary>
    public string LogTail { get; init; } = "";
}
