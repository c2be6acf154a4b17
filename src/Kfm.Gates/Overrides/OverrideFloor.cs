using Kfm.Gates.Decisions;
using Kfm.Provenance.Evidence;

namespace Kfm.Gates.Overrides;

/// <summary>What no override can lift, whatever the policies say: secrets, sovereignty, approval by oneself, and evidence that nobody can verify.</summary>
internal static class OverrideFloor
{
    /// <summary>Why a reason cannot be lifted, or null when only the policies decide.</summary>
    public static string? Refusal(DenialReason reason, IReadOnlyList<Tested> checks) => reason switch
    {
        { Gate: null } => "it is not the reason of a gate; what the gate itself found wrong, or could not evaluate, stands",
        { Gate: "autonomy" } => "the gate autonomy holds tiers, approvals and the kill switch; nobody lifts it for a proposal",
        { Gate: "lineage" } => "it is about evidence that cannot be verified",
        _ when IsAbout(reason.Cause, "secrets.") => "no override lifts a secret",
        { Gate: "ethics" } when IsAbout(reason.Cause, "ethics.sovereignty") || IsAbout(reason.Cause, "ethics.labels") => "no override lifts a conflict of sovereignty, or labels that were not read",
        _ when IsAbout(reason.Cause, "not evaluated") => "the stage did not run, so that there is nothing to override",
        _ when IsUnknown(reason.Cause, checks) => "the check gave no result, so that there is nothing to override",
        _ => null,
    };

    private static bool IsAbout(string cause, string start) => cause.StartsWith(start, StringComparison.Ordinal);

    // A known bad result can be lifted; a result that nobody has cannot.
    private static bool IsUnknown(string cause, IReadOnlyList<Tested> checks) =>
        cause.EndsWith(" missing", StringComparison.Ordinal)
        || cause.EndsWith(" unreadable", StringComparison.Ordinal)
        || checks.Any(check => (check.Status is CheckStatus.Error or CheckStatus.Skipped) && IsResultOf(cause, check));

    private static bool IsResultOf(string cause, Tested check)
    {
        var start = $"{check.Name} {ContextWords.Of(check.Status)}";
        return cause == start || cause.StartsWith(start + ": ", StringComparison.Ordinal);
    }
}
