using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Report;

/// <summary>What proves what: the digests that tie the page to the rest of the bundle, its files, and the command that checks them.</summary>
internal static class ProofSection
{
    private const int MaximumFiles = 300;

    public static void Write(Html html, RunView view)
    {
        var (graph, decided) = (view.Graph, view.Decided);
        html.Paragraph("Check everything offline, with keys that you hold and not with keys from the bundle:");
        html.Command("kfm verify BUNDLE --trust trust.json");
        html.Table("Each value can be copied whole", ["What", "Proved by", "Value"], [
            ["what was proposed: base commit", "git", Mark.Digest(graph.Trace.BaseCommit)],
            ["what was proposed: head commit", "git", Mark.Digest(graph.Trace.HeadCommit)],
            ["which run this is", Mark.File("evidence.json"), Mark.Digest(graph.TraceId.ToString())],
            ["what the stages found (layer 1)", Mark.File("evidence.json"), Mark.Digest(graph.At(1).Root.ToString())],
            ["that and the decision (layer 2)", Mark.File("evidence.json"), Mark.Digest(graph.Root.ToString())],
            ["what the gate read", Mark.File(BundleFiles.Context), Mark.Digest(decided.Input.ToString())],
            ["what decided", Mark.Code("policies/"), Mark.Digest(decided.PolicySet.ToString())],
            ["what was decided", Mark.File(BundleFiles.Decision), Mark.Digest(decided.Decision.ToString())],
        ]);
        html.Paragraph(
            Mark.File(BundleFiles.Sums), " lists every file with its digest, ", Mark.File(BundleFiles.Seal), " is a signature over that list, and ",
            Mark.File(BundleFiles.LedgerProof), " proves that the seal stands in the log. They are made after this page, so it does not hold their digests.");
        html.Section("Files of the bundle", h => Files(h, view), "files");
    }

    private static void Files(Html html, RunView view)
    {
        // What is outside of the sums is not there yet, or was not there when the page was written.
        string[] files = [.. view.Bundle.Files().Where(f => f != BundleFiles.Report && !BundleFiles.IsOutsideSums(f))];
        html.Table(
            "What was there when this page was written; digests of the other files stand in SHA256SUMS",
            ["File", "SHA-256"],
            files.Take(MaximumFiles).Select(f => (IReadOnlyList<Mark>)[Mark.File(f), Mark.Digest(BundleDigests.Of(view, f)?.Hex ?? "in SHA256SUMS")]));
        if (files.Length > MaximumFiles)
        {
            html.Paragraph($"{Html.Number(files.Length - MaximumFiles)} more files stand in ", Mark.File(BundleFiles.Sums), ".");
        }
    }
}
