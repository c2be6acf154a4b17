using Kfm.Agent.Patches;

namespace Kfm.Agent.Codegen;

/// <summary>What a run of the agent left. A refused prompt or answer is not part of it, so that it cannot be written anywhere.</summary>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Patch">The proposed patch, or null when there is none.</param>
/// <param name="Log">The agent log, or null when there is no patch.</param>
/// <param name="Findings">What the scan or the parser found, never with the secret itself; empty when a patch was proposed.</param>
public sealed record CodegenResult(CodegenOutcome Outcome, UnifiedPatch? Patch, AgentLog? Log, IReadOnlyList<string> Findings)
{
    /// <summary>The secrets in what the agent printed and logged, without the secrets; null when it printed nothing that is known.</summary>
    public IReadOnlyList<string>? Leaks { get; init; }
}
