using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Report;

/// <summary>The digests that tie the page to the rest of the bundle.</summary>
internal static class ProofSection
{
    public static void Write(Html html, RunView view)
    {
        var (graph, decided) = (view.Graph, view.Decided);
        html.Definitions([
            ("Trace", Mark.Code(graph.TraceId.ToString())),
            ("Base commit", Mark.Code(graph.Trace.BaseCommit)),
            ("Head commit", Mark.Code(graph.Trace.HeadCommit)),
            ("Root of layer 1", Mark.Code(graph.At(1).Root.ToString())),
            ("Root of layer 2", Mark.Code(graph.Root.ToString())),
            ("Policies", Mark.Code(decided.PolicySet.ToString())),
            ("Policy input", Mark.Code(decided.Input.ToString())),
            ("Decision", Mark.Code(decided.Decision.ToString())),
        ]);
        html.Paragraph("To prove all of it offline, with keys that you hold and not with keys from the bundle:");
        html.Raw("<pre tabindex=\"0\"><span>kfm verify BUNDLE --trust trust.json</span></pre>");
    }
}
