using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>
/// report.html: one page without external resources for the person who reviews. Facts, interpretation and policy stand apart, so that
/// nobody takes a risk narrative for a measurement or a rule for an opinion.
/// </summary>
internal static class ReportPage
{
    /// <summary>The page.</summary>
    public static string Write(RunView view)
    {
        var html = new Html();
        Head(html, view);
        html.Raw("<main id=\"main\">");
        html.Section("why", "Why", 2, h => Why(h, view));
        html.Section("facts", "Facts", 2, h => FactSections.Write(h, view));
        html.Section("interpretation", "Interpretation", 2, h => Interpretation(h, view));
        html.Section("policy", "Policy", 2, h => PolicySections.Write(h, view));
        html.Section("proofs", "Proofs", 2, h => ProofSection.Write(h, view));
        html.Raw("</main>");
        return Foot(html).ToString();
    }

    private static void Head(Html html, RunView view) => html.Raw($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <title>{Html.Encode(view.Verdict)}: {Html.Encode(view.Title)}</title>
        <style>
        {ReportStyle.Css}
        </style>
        </head>
        <body>
        <a class="skip" href="#main">To the content</a>
        <header>
        <span class="verdict {Html.Encode(view.Verdict)}">{Html.Encode(view.Verdict)}</span>
        <h1>{Html.Encode(view.Title)}</h1>
        <p class="kind">{Html.Encode(view.Graph.Trace.Repository)}, run <code>{Html.Encode(view.Graph.Trace.WorkflowRun)}</code></p>
        </header>
        <nav aria-label="Parts of the report"><ul>
        <li><a href="#why">Why</a></li><li><a href="#facts">Facts</a></li><li><a href="#interpretation">Interpretation</a></li>
        <li><a href="#policy">Policy</a></li><li><a href="#proofs">Proofs</a></li>
        </ul></nav>
        """);

    private static void Why(Html html, RunView view)
    {
        html.Paragraph(view.Decided.Verdict switch
        {
            Verdict.Allow => "All gates passed and nothing is missing. A merge is still a decision of people; Kfm never merges.",
            Verdict.Review => "All gates passed. What is missing before a merge: "
                + string.Join(", ", view.RequiredApprovals.Select(r => $"approval by {r}").Concat(view.Stewardship.Select(s => $"stewardship review ({s})"))) + ".",
            _ => "At least one gate failed or could not run. The proposal must not be merged.",
        });
        html.List([.. view.Decided.Reasons]);
    }

    private static void Interpretation(Html html, RunView view)
    {
        html.Paragraph("Derived by rules from the facts above; it is a reading of them, not a measurement.", "kind");
        html.Definitions([
            ("Risk tier", Mark.Code(view.Facts.Label("risk.tier") ?? view.Facts.Label("risk.intent") ?? "not established")),
            ("Risk of the intent", Mark.Code(view.Facts.Label("risk.intent") ?? "not established")),
            ("Kind of change", view.Facts.Label("intent.kind") ?? "not established"),
            ("Components", string.Join(", ", view.Facts.Labels("intent.component")) is { Length: > 0 } c ? c : "none named"),
        ]);
        html.Section("rules", "Rules that fired", 3, h => h.List(view.Facts.Labels("risk.rule")));
        if (view.Design is { } design)
        {
            html.Raw($"""<details><summary>The design document</summary><pre tabindex="0">{Lines(design)}</pre></details>""");
        }
    }

    private static string Lines(string text) =>
        string.Concat(text.TrimEnd('\n').Split('\n').Select(l => $"<span>{(l.Length == 0 ? " " : Html.Encode(l))}</span>"));

    private static Html Foot(Html html) => html.Raw("""
        <footer><p>Written by kfm from the record of the run; every figure here can be found in the files of the bundle.</p></footer>
        </body>
        </html>
        """);
}
