using System.Security.Cryptography;
using System.Text;
using Kfm.Agent.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Report.Lineage;
using Kfm.Pipeline.Report.Policy;

namespace Kfm.Pipeline.Report;

/// <summary>
/// report.html: one page without scripts and external resources for the person who reviews. Facts, interpretation and policy stand apart, so
/// that nobody takes a risk narrative for a measurement or a rule for an opinion.
/// </summary>
internal static class ReportPage
{
    // The only style that a browser accepts is the page's own; a style that a text of the record smuggled in would not count.
    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(ReportStyle.Css)));

    /// <summary>The page.</summary>
    public static string Write(RunView view)
    {
        var (html, reasons, anchors) = (new Html(), VerdictReasons.Of(view.Graph), new Anchors(view.Facts));
        Head(html, view);
        html.Raw("<main id=\"main\">");
        html.Part("why", "At a glance", h =>
        {
            WhySection.Write(h, view, reasons);
            Questions.Write(h, view, anchors);
        });
        html.Part("lineage", "Where it comes from", h => LineageSection.Write(h, view, anchors));
        html.Part("focus", "In sentences", h => FocusSentences.Write(h, view, anchors));
        html.Story("facts", "Facts", "What the stages did and found, as the record holds it.", h => FactSections.Write(h, view, anchors));
        html.Story("interpretation", "Interpretation", "Derived by rules from the facts above; a reading of them, not a measurement.", h => InterpretationSection.Write(h, view));
        html.Story("policy", "Policy", "Decided by the policies of the base commit, which the proposal cannot change.", h => PolicySections.Write(h, view, reasons, anchors));
        html.Part("proofs", "Proofs", h => ProofSection.Write(h, view));
        html.Raw("</main>");
        return Foot(html).ToString();
    }

    private static void Head(Html html, RunView view) => html.Raw($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{StyleHash}'; base-uri 'none'; form-action 'none'">
        <meta name="referrer" content="no-referrer">
        <title>{Html.Encode(view.Verdict)}: {Html.Encode(view.Title)}</title>
        <style>{ReportStyle.Css}</style>
        </head>
        <body>
        <a class="skip" href="#main">To the content</a>
        <header>
        <p class="verdict {Html.Encode(view.Verdict)}">{Html.Encode(view.Verdict)}</p>
        <h1>{Html.Encode(view.Title)}</h1>
        <p class="quiet"><code>{Html.Encode(view.Graph.Trace.Repository)}</code>, run <code>{Html.Encode(view.Graph.Trace.WorkflowRun)}</code></p>
        </header>
        <nav aria-label="Parts of the report"><ul>
        <li><a href="#why">At a glance</a></li><li><a href="#lineage">Lineage</a></li><li><a href="#focus">Focus</a></li><li><a href="#facts">Facts</a></li><li><a href="#change">Changes</a></li>
        <li><a href="#interpretation">Interpretation</a></li><li><a href="#policy">Policy</a></li><li><a href="#proofs">Proofs</a></li>
        </ul></nav>
        """);

    private static Html Foot(Html html) => html.Raw("""
        <footer><p>Written by kfm from the record of the run; every figure here stands in the files of the bundle.</p></footer>
        </body>
        </html>
        """);
}
