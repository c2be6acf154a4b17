using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Report;

/// <summary>What proves what: the digests that tie the page to the rest of the bundle, and the command that checks them.</summary>
internal static class ProofSection
{
    public static void Write(Html html, RunView view)
    {
        var (graph, decided) = (view.Graph, view.Decided);
        html.Paragraph("Check everything offline, with keys that you hold and not with keys from the bundle:");
        html.Command("kfm verify BUNDLE --trust trust.json");
        html.Table("Each value can be copied whole", ["What", "Proved by", "Value"], [
            ["what was proposed: base commit", "git", Mark.Digest(graph.Trace.BaseCommit)],
            ["what was proposed: head commit", "git", Mark.Digest(graph.Trace.HeadCommit)],
            ["which run this is", Mark.Code("evidence.json"), Mark.Digest(graph.TraceId.ToString())],
            ["what the stages found (layer 1)", Mark.Code("evidence.json"), Mark.Digest(graph.At(1).Root.ToString())],
            ["that and the decision (layer 2)", Mark.Code("evidence.json"), Mark.Digest(graph.Root.ToString())],
            ["what the gate read", Mark.Code(BundleFiles.Context), Mark.Digest(decided.Input.ToString())],
            ["what decided", Mark.Code("policies/"), Mark.Digest(decided.PolicySet.ToString())],
            ["what was decided", Mark.Code(BundleFiles.Decision), Mark.Digest(decided.Decision.ToString())],
        ]);
        html.Paragraph(
            Mark.Code(BundleFiles.Sums), " lists every file with its digest, ", Mark.Code(BundleFiles.Seal), " is a signature over that list, and ",
            Mark.Code("ledger.proof"), " proves that the seal stands in the log. They are made after this page, so it does not hold their digests.");
    }
}
