using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>What the rules say: the gates, who must approve, what a steward must look at.</summary>
internal static class PolicySections
{
    public static void Write(Html html, RunView view)
    {
        html.Paragraph("Decided by the policies of the base commit, which the proposal cannot change.", "kind");
        html.Table("Gates", ["Gate", "Result"], view.Gates.Select(g => (IReadOnlyList<Mark>)[Mark.Code(g.Name), Mark.Status(g.Result)]));
        html.Section("approvals", "Required approvals", 3, h => Approvals(h, view));
        html.Section("stewardship", "Stewardship", 3, h => Stewardship(h, view));
        if (view.Facts.Labels("patch.protected") is { Count: > 0 } paths)
        {
            html.Section("protected", "Protected paths that the proposal touches", 3, h => h.List(paths));
        }
    }

    private static void Approvals(Html html, RunView view)
    {
        if (view.RequiredApprovals.Count == 0)
        {
            html.Paragraph(view.Decided.Verdict == Verdict.Allow
                ? "None before the merge. A change that nobody approved is looked at after the merge: this duty stands in the record."
                : "None.");
            return;
        }

        html.List(view.RequiredApprovals);
        html.Paragraph("This page says what is required. It does not say who approved: approvals are signed files beside it, which kfm verify counts.");
    }

    private static void Stewardship(Html html, RunView view)
    {
        html.Paragraph(view.Stewardship.Count == 0 ? "No stewardship review is needed." : "A stewardship review is needed because of:");
        html.List(view.Stewardship);
    }
}
