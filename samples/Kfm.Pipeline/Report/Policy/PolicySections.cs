using Kfm.Agent.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report.Policy;

/// <summary>What the rules say: the gates, who must approve, what a steward must look at.</summary>
internal static class PolicySections
{
    public static void Write(Html html, RunView view, VerdictReasons reasons, Anchors anchors)
    {
        html.Section("Gates", h => Gates(h, view, reasons));
        html.Section("Reason by reason", h => ReasonList.Write(h, view, anchors), "reasons");
        WhySection.Quiet(html, reasons);
        html.Section("Required approvals", h => Approvals(h, view));
        html.Section("Stewardship", h => Stewardship(h, view));
        if (view.Facts.Labels("patch.protected") is { Count: > 0 } paths)
        {
            html.Section("Protected paths that the proposal touches", h => h.List([.. paths.Select(Mark.Code)]));
        }
    }

    private static void Gates(Html html, RunView view, VerdictReasons reasons)
    {
        var gates = view.Gates.OrderByDescending(g => g.Result == "fail").ToArray();
        html.Table(
            string.Join(", ", gates.GroupBy(g => g.Result, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}")),
            ["Gate", "Result", "Reasons"],
            gates.Select(g => (IReadOnlyList<Mark>)[Mark.Code(g.Name), Mark.Status(g.Result), string.Join("; ", Of(g.Name, reasons))]));
    }

    private static IEnumerable<string> Of(string gate, VerdictReasons reasons) =>
        reasons.Denials.Where(d => d.StartsWith(gate + ": ", StringComparison.Ordinal)).Select(d => d[(gate.Length + 2)..]);

    private static void Approvals(Html html, RunView view)
    {
        if (view.RequiredApprovals.Count == 0)
        {
            html.Paragraph(view.Decided.Verdict == Verdict.Deny ? "None: no approval changes a denial." : "None before the merge.");
            return;
        }

        html.List([.. view.RequiredApprovals.Select(Mark.Code)]);
        html.Paragraph("This says what is required, not who approved: approvals are signed files that are added beside this page, and kfm verify counts them.");
    }

    private static void Stewardship(Html html, RunView view)
    {
        html.Paragraph(view.Stewardship.Count == 0 ? "The policy asks for no stewardship review." : "The policy asks for a stewardship review because of:");
        html.List([.. view.Stewardship.Select(Mark.Code)]);
    }
}
