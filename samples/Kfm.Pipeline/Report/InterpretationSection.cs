using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Report;

/// <summary>What rules read out of the facts: risk, kind, components.</summary>
internal static class InterpretationSection
{
    public static void Write(Html html, RunView view)
    {
        var tier = view.Facts.Label("risk.tier");
        html.Definitions([
            ("Risk tier", tier is null ? "not established" : Mark.Code(tier)),
            ("Risk of the intent", view.Facts.Label("risk.intent") is { } intent ? Mark.Code(intent) : "not established"),
            ("Kind of change", view.Facts.Label("intent.kind") ?? "not established"),
            ("Components", string.Join(", ", view.Facts.Labels("intent.component")) is { Length: > 0 } c ? c : "none named"),
        ]);
        if (view.Facts.Labels("risk.rule") is { Count: > 0 } rules)
        {
            html.Section("Rules that fired", h => h.List([.. rules.Select(Mark.Code)]));
        }

        if (view.Design is { } design)
        {
            html.Folded("The plan that was written before the work", h => h.Raw(
                $"""<pre class="text" tabindex="0" role="group" aria-label="Design document">{Html.Encode(design.TrimEnd('\n'))}</pre>"""));
        }
    }
}
