namespace Kfm.Agent.Previews;

/// <summary>What a test or lint command came to.</summary>
/// <param name="Check">The check: <c>tests</c> or <c>lint</c>.</param>
public sealed record StepResult(CheckResult Check)
{
    /// <summary>The absolute paths of the result files that the command wrote (TRX), sorted; they live as long as the workspace.</summary>
    public IReadOnlyList<string> ResultFiles { get; init; } = [];

    /// <summary>The absolute paths of the coverage files that the command wrote (Cobertura), sorted; they live as long as the workspace.</summary>
    public IReadOnlyList<string> CoverageFiles { get; init; } = [];

    /// <summary>The end of what the command printed, without times and paths of the machine.</summary>
    public string LogTail { get; init; } = "";
}
