namespace Kfm.Agent.Autonomy;

/// <summary>What a change must go through that was taken back, before it is rolled out again.</summary>
/// <param name="Roles">The roles that approve, ordinal order.</param>
/// <param name="Reviews">The reviews beside them: of the policies, of compliance.</param>
/// <param name="ValidationSeconds">How long it stays in the sandbox at least.</param>
/// <param name="Steps">The steps of the second rollout.</param>
/// <param name="Triggers">What takes it back again; stricter than the first time.</param>
public sealed record RolloutReseal(
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Reviews,
    int ValidationSeconds,
    IReadOnlyList<RolloutStep> Steps,
    IReadOnlyList<RolloutTrigger> Triggers);
