using Kfm.Agent.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>Why the verdict is what it is: what failed or is missing comes first, what passed stands in one quiet line.</summary>
internal static class WhySection
{
    private const int OpenConsequences = 4;

    public static void Write(Html html, RunView view, VerdictReasons reasons)
    {
        switch (view.Decided.Verdict)
        {
            case Verdict.Allow:
                html.Paragraph("No gate failed, and the policy asks for no approval before the merge. A merge is a decision of people; Kfm never merges.");
                break;
            case Verdict.Review:
                Review(html, view);
                break;
            default:
                Deny(html, reasons);
                break;
        }

        if (reasons.Remarks.Contains("post_merge_review_due", StringComparer.Ordinal))
        {
            html.Paragraph("Duty after the merge: somebody reviews the change, because the policy asks for no approval before it.");
        }

    }

    /// <summary>What passed and what was noted, which is for later.</summary>
    public static void Quiet(Html html, VerdictReasons reasons)
    {
        Line(html, "Passed: ", reasons.Passed);
        Line(html, "Noted: ", reasons.Remarks);
    }

    private static void Review(Html html, RunView view)
    {
        html.Paragraph("No gate failed. Before a merge the policy asks for:");
        html.List([
            .. view.RequiredApprovals.Select(r => (Mark)$"the approval of one person with the role {r}"),
            .. view.Stewardship.Select(s => (Mark)$"a stewardship review of {s}"),
        ]);
        if (view.RequiredApprovals.Count > 0)
        {
            html.Paragraph("Who has the role gives it with their own key:");
            html.Command(string.Join('\n', view.RequiredApprovals.Select(r => $"kfm approve BUNDLE --role {r} --key KEY")));
        }

        html.Quiet("This page is sealed before anybody can approve, so it cannot say who did; ", Mark.Code("kfm verify"), " counts approvals.");
    }

    private static void Deny(Html html, VerdictReasons reasons)
    {
        html.Raw("<p class=\"cause\"><strong>First cause:</strong> ");
        if (reasons.FailedChecks is [var first, ..] && reasons.Denials.Count > 0)
        {
            html.Raw(Cause(first) + "</p>");
        }
        else
        {
            html.Raw(Html.Encode(reasons.FirstCause ?? "none recorded") + "</p>");
        }

        if (reasons.FailedChecks.Count > 1)
        {
            html.Paragraph("Also failed or could not run:");
            html.Raw("<ul>" + string.Concat(reasons.FailedChecks.Skip(1).Select(c => $"<li>{Cause(c)}</li>")) + "</ul>");
        }

        html.Paragraph("The gates denied, so the proposal must not be merged; no approval changes that. Next: mend the first cause in a new proposal and run again. ", new Mark("Each reason with its rule").To("reasons"), ".");
        if (reasons.Denials.Count > OpenConsequences)
        {
            html.Folded($"What each gate says ({reasons.Denials.Count} reasons)", h => h.List([.. reasons.Denials.Select(d => (Mark)d)]));
        }
        else
        {
            html.List([.. reasons.Denials.Select(d => (Mark)d)]);
        }
    }

    private static string Cause(Tested check) =>
        $"<code>{Html.Encode(check.Name)}</code> {(check.Status == CheckStatus.Error ? "could not run" : "failed")} in {check.Run.Stage.ToString().ToLowerInvariant()}"
        + (check.Detail is null ? "." : $": {Html.Encode(check.Detail)}");

    private static void Line(Html html, string name, IReadOnlyList<string> reasons)
    {
        if (reasons.Count > 0)
        {
            html.Quiet([name, .. reasons.SelectMany((r, i) => i == 0 ? (Mark[])[Mark.Code(r)] : [", ", Mark.Code(r)])]);
        }
    }
}
