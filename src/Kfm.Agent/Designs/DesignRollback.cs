using Kfm.Agent.Intents;

namespace Kfm.Agent.Designs;

/// <summary>How a change is taken back, by what it changes.</summary>
internal static class DesignRollback
{
    public static IReadOnlyList<string> Steps(StructuredIntent intent) =>
    [
        .. First(intent.Kind),
        "Revert the commit of the change on the branch that it was merged to; the reverting commit goes through the same gates.",
        intent.Tier >= RiskTier.High
            ? "The rollback is tried in the sandbox before the canary starts, and its result is shown to the approvers."
            : "A release that carries the change is replaced by the release before it.",
    ];

    private static IEnumerable<string> First(IntentKind kind) => kind switch
    {
        IntentKind.Migration => ["Run the migration backward, or restore the backup that was taken before it; a step that loses data is named here before it runs."],
        IntentKind.Auth => ["Revoke what was issued under the change (sessions, tokens, grants), then switch back."],
        IntentKind.Api => ["Keep the old operation until its callers have moved, so that going back breaks nobody."],
        IntentKind.Config => ["Set the old value again; it stands in the diff."],
        IntentKind.Compliance => ["Ask legal whether what was done under the change must be undone, kept or told to somebody."],
        IntentKind.Architecture => ["Keep the old path switchable until the new one has carried the whole load for the time of the rollout."],
        _ => [],
    };
}
