using System.Globalization;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>The five questions that a reviewer asks first, each with an answer of one or two lines and with the places that prove it.</summary>
internal static class Questions
{
    public static void Write(Html html, RunView view, Anchors anchors)
    {
        html.Raw("<ol class=\"questions\">");
        Card(html, "Who or what wrote this?", Writers(view, anchors), [BundleFiles.AgentLog, BundleFiles.Evidence], view);
        Card(html, "From what?", Sources(view), [BundleFiles.Intent, BundleFiles.Design, BundleFiles.Patch], view);
        Card(html, "What checked it?", Checks(view, anchors), [BundleFiles.Context, BundleFiles.Tests], view);
        Card(html, "Who approved it?", Approvals(view), [BundleFiles.Decision], view);
        Card(html, "Where is the proof?", Proof(), [BundleFiles.Manifest], view);
        html.Raw("</ol>");
    }

    private static void Card(Html html, string question, Mark answer, IReadOnlyList<string> files, RunView view)
    {
        html.Raw($"<li><h3>{question}</h3><p>{Html.Inner(answer)}</p>");
        var links = files.Where(view.Bundle.Has).Select(f => $"<li>{Html.Inner(Mark.File(f))}{Short(view, f)}</li>").ToArray();
        html.Raw((links.Length == 0 ? "" : $"<ul class=\"files\">{string.Concat(links)}</ul>") + "</li>");
    }

    // Eyes compare the start of a digest; the whole stands below Proofs.
    private static string Short(RunView view, string file) =>
        BundleDigests.Of(view, file) is { } digest ? $" <code class=\"quiet\">{digest.Hex[..12]}…</code>" : "";

    private static Mark Writers(RunView view, Anchors anchors)
    {
        var writers = view.Facts.All<AssociatedWith>()
            .Where(a => a.Role != "pipeline")
            .GroupBy(a => a.Actor, a => a.Role, StringComparer.Ordinal)
            .Select(g => (Actor: g.Key, Roles: g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()))
            .OrderBy(w => w.Roles.Contains("proposer") ? 0 : w.Roles.Contains("author") ? 1 : 2).ThenBy(w => w.Actor, StringComparer.Ordinal)
            .Take(6).ToArray();
        return writers.Length == 0
            ? "The record names no author."
            : Mark.All(Mark.Join(", ", writers.Select(w => Mark.All(Mark.Code(w.Actor).To(Anchor(view, anchors, w.Actor)), " as " + string.Join(", ", w.Roles)))), ".");
    }

    private static string Anchor(RunView view, Anchors anchors, string id) => view.Graph.Facts.FindActor(id) is { } actor ? anchors.Of(actor) : "actors";

    private static Mark Sources(RunView view)
    {
        var trace = view.Graph.Trace;
        return trace.BaseCommit == trace.HeadCommit
            ? Mark.All("Base ", Mark.Code(trace.BaseCommit[..12]), ", and no commit was made on it. See the ", new Mark("lineage").To("lineage"), ".")
            : Mark.All("Base ", Mark.Code(trace.BaseCommit[..12]), ", head ", Mark.Code(trace.HeadCommit[..12]), ". See the ", new Mark("lineage").To("lineage"), ".");
    }

    private static Mark Checks(RunView view, Anchors anchors)
    {
        var checks = view.Facts.Checks;
        Mark counts = checks.Count == 0
            ? "No check stands in the record"
            : string.Join(", ", checks.GroupBy(c => c.Status).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} check{(g.Count() == 1 ? "" : "s")} {g.Key.ToString().ToLowerInvariant()}")));
        var gates = view.Gates.ToArray();
        var failed = checks.Where(c => c.Status is CheckStatus.Failed or CheckStatus.Error).Take(3).Select(c => Mark.Code(c.Name).To(anchors.Of(c))).ToArray();
        return Mark.All([
            counts.To("checks"), "; ",
            new Mark(string.Create(CultureInfo.InvariantCulture, $"{gates.Count(g => g.Result == "pass")} of {gates.Length} gates passed")).To("policy"), ".",
            .. failed.Length == 0 ? (Mark[])[] : [" Not passed: ", Mark.Join(", ", failed), "."]]);
    }

    private static Mark Approvals(RunView view) => Mark.All([
        "This page cannot know: it was sealed before anybody could approve. ",
        view.RequiredApprovals.Count > 0 ? Mark.All("Asked for: ", Mark.Join(", ", view.RequiredApprovals.Select(Mark.Code)), ". ")
            : view.Decided.Verdict == Verdict.Deny ? "No approval changes a denial. " : "The policy asks for none before the merge. ",
        Mark.Code("kfm verify"), " counts the files in ", Mark.Code("approvals/"), "."]);

    private static Mark Proof() => Mark.All(
        Mark.File(BundleFiles.Sums), " lists every file, ", Mark.File(BundleFiles.Seal), " signs the list, ", Mark.File(BundleFiles.LedgerProof),
        " proves the seal's place in the log. ", new Mark("How to check it offline").To("proofs"), ".");
}
