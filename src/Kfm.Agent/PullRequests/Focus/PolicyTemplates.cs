using Kfm.Gates.Decisions;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>The sentences about what the policies decided and ask for, and about approvals that were counted.</summary>
internal static class PolicyTemplates
{
    private const int MostReasons = 5;

    /// <summary>The sentences.</summary>
    public static IEnumerable<FocusSentence> Of(FocusRecord record, bool restricted) =>
        [.. Verdicts(record), .. Gates(record.Decision, restricted), .. Others(record.Decision, restricted), .. Asked(record), .. Counted(record), .. Remarks(record.Decision, restricted)];

    private static IEnumerable<FocusSentence> Verdicts(FocusRecord record)
    {
        var word = record.Decision.Verdict.ToString().ToLowerInvariant();
        yield return FocusTemplates.Say("verdict", $"The verdict of the policies is {word}.", FocusRecord.Pointer("verdict"), FocusRecord.IdOf(record.Graph.Decision!));
    }

    private static IEnumerable<FocusSentence> Gates(Decision decision, bool restricted)
    {
        string[] names = [.. decision.Gates.Keys.Order(StringComparer.Ordinal)];
        yield return FocusTemplates.Say(
            "gates", $"{names.Count(n => decision.Gates[n])} of {FocusTemplates.Count(names.Length, "gate")} passed.", names.Select(n => FocusRecord.Pointer("gates", n)));
        foreach (var gate in names.Where(n => !decision.Gates[n]))
        {
            var start = $"deny: {gate}: ";
            int[] reasons = [.. Enumerable.Range(0, decision.Reasons.Count).Where(i => decision.Reasons[i].StartsWith(start, StringComparison.Ordinal))];
            string[] texts = [.. reasons.Select(i => decision.Reasons[i][start.Length..])];
            var why = texts.Length == 0 || restricted ? "" : ": " + FocusText.Quote(texts, MostReasons, "decision.json");
            yield return FocusTemplates.Say(
                "gate.failed", $"The gate {FocusText.Quote(gate)} failed{why}.", [FocusRecord.Pointer("gates", gate), .. reasons.Select(i => FocusRecord.Pointer("reasons", i))]);
        }
    }

    // A denial that is no gate's: the gate could not decide, or a document contradicted the record.
    private static IEnumerable<FocusSentence> Others(Decision decision, bool restricted)
    {
        for (var i = 0; i < decision.Reasons.Count; i++)
        {
            if (IsOtherDenial(decision, decision.Reasons[i]))
            {
                yield return FocusTemplates.Say("denied", restricted ? "The decision has one more reason to deny." : $"The decision denies: {FocusText.Quote(decision.Reasons[i])}.", FocusRecord.Pointer("reasons", i));
            }
        }
    }

    private static bool IsOtherDenial(Decision decision, string reason) => decision.Verdict == Verdict.Deny
        && (reason.StartsWith("gate_error", StringComparison.Ordinal) || reason.StartsWith("consistency", StringComparison.Ordinal)
            || (reason.StartsWith("deny: ", StringComparison.Ordinal) && !decision.Gates.Any(g => !g.Value && reason.StartsWith($"deny: {g.Key}: ", StringComparison.Ordinal))));

    // Where the gates denied, what an approval would be asked for is no question.
    private static IEnumerable<FocusSentence> Asked(FocusRecord record)
    {
        var decision = record.Decision;
        if (decision.Verdict == Verdict.Allow)
        {
            yield return FocusTemplates.Say("approval.none", "Before a merge the policies ask for no approval.", FocusRecord.Pointer("required_approvals"));
        }

        if (decision.Verdict != Verdict.Review)
        {
            yield break;
        }

        var unknown = record.Approvals is null ? " Whether it was given is not known here." : "";
        for (var i = 0; i < decision.RequiredApprovals.Count; i++)
        {
            yield return FocusTemplates.Say(
                "approval.asked", $"Before a merge the policies ask for the approval of one person with the role {FocusText.Quote(decision.RequiredApprovals[i])}.{unknown}", FocusRecord.Pointer("required_approvals", i));
        }

        for (var i = 0; i < decision.Stewardship.Count; i++)
        {
            yield return FocusTemplates.Say("stewardship.asked", $"The policies ask for a stewardship review of {FocusText.Quote(decision.Stewardship[i])}.", FocusRecord.Pointer("stewardship", i));
        }
    }

    private static IEnumerable<FocusSentence> Counted(FocusRecord record)
    {
        if (record.Approvals is not { } approvals || record.Decision.Verdict != Verdict.Review)
        {
            yield break;
        }

        foreach (var approval in approvals)
        {
            yield return FocusTemplates.Say("approval.counted", $"The approval of {FocusText.Quote(approval.Person)} with the role {FocusText.Quote(approval.Role)} counts.", approval.Id);
        }

        for (var i = 0; i < record.Decision.RequiredApprovals.Count; i++)
        {
            var role = record.Decision.RequiredApprovals[i];
            if (approvals.All(a => a.Role != role))
            {
                yield return FocusTemplates.Say("approval.missing", $"No approval with the role {FocusText.Quote(role)} counts.", FocusRecord.Pointer("required_approvals", i));
            }
        }
    }

    private static IEnumerable<FocusSentence> Remarks(Decision decision, bool restricted)
    {
        int[] remarks = [.. Enumerable.Range(0, decision.Reasons.Count).Where(i => IsRemark(decision.Reasons[i]) && !IsOtherDenial(decision, decision.Reasons[i]))];
        if (remarks.Length > 0 && !restricted)
        {
            yield return FocusTemplates.Say(
                "remarks", $"The policies noted {FocusText.Quote([.. remarks.Select(i => decision.Reasons[i])], MostReasons * 2, "decision.json")}.", remarks.Select(i => FocusRecord.Pointer("reasons", i)));
        }
    }

    private static bool IsRemark(string reason) => !reason.StartsWith("deny: ", StringComparison.Ordinal) && !reason.StartsWith("review: ", StringComparison.Ordinal)
        && !reason.EndsWith("_ok", StringComparison.Ordinal);
}
