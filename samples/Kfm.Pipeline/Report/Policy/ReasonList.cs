using System.Globalization;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Report.Policy;

/// <summary>Each reason that denies or asks for something: the facts that it names, the rule that gave it, and what to do about it.</summary>
internal static class ReasonList
{
    private const int Maximum = 60;

    /// <summary>Writes the reasons; nothing where there is none.</summary>
    public static void Write(Html html, RunView view, Anchors anchors)
    {
        string[] reasons = [.. view.Decided.Reasons.Where(r => r.StartsWith("deny: ", StringComparison.Ordinal) || r.StartsWith("review: ", StringComparison.Ordinal) || IsError(r))];
        if (reasons.Length == 0)
        {
            html.Paragraph("No reason denies, and none asks for anything.");
            return;
        }

        var trace = DecisionTrace.Of(view.Bundle);
        html.Raw("<ol class=\"reasons\">");
        for (var i = 0; i < Math.Min(reasons.Length, Maximum); i++)
        {
            html.Raw($"<li id=\"{Anchors.Reason(i)}\"><p><strong>{Html.Encode(reasons[i])}</strong></p>");
            Reason(html, view, anchors, reasons[i], trace?.Of(reasons[i]) ?? [], trace);
            html.Raw("</li>");
        }

        html.Raw("</ol>");
        if (reasons.Length > Maximum)
        {
            html.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{reasons.Length - Maximum} more reasons stand in "), Mark.File(BundleFiles.Decision), ".");
        }

        html.Quiet("All rules, also those that did not fire: ", Mark.Code("kfm policy explain BUNDLE --all"), ".");
    }

    private static void Reason(Html html, RunView view, Anchors anchors, string reason, IReadOnlyList<BodyExplanation> bodies, DecisionTrace? trace)
    {
        var source = bodies is [var made, ..] ? trace!.Source(made) : "";
        var facts = ReasonFacts.Of(reason + "\n" + source, view.Facts, anchors);
        html.Definitions([
            ("Facts named", facts.Count == 0 ? Mark.All("none by name; the gate read ", Mark.File(BundleFiles.Context)) : Mark.Join(", ", facts)),
            ("Rule", bodies.Count == 0 ? "not traced; see decision.json and policies/" : Mark.Join(", then ", bodies.Take(4).Select(Place))),
            ("What to do", Next(reason)),
        ]);
        if (source.Length > 0)
        {
            html.Raw($"""<details><summary>The rule's text</summary><pre class="text" tabindex="0" role="group" aria-label="Text of the rule">{Html.Encode(source)}</pre></details>""");
        }
    }

    private static Mark Place(BodyExplanation body) => Mark.All(
        Mark.File($"{BundleFiles.Policies}/{body.Path}"), string.Create(CultureInfo.InvariantCulture, $" line {body.Row}"), " (", Mark.Code(body.Rule), ")");

    private static string Next(string reason) => reason switch
    {
        _ when reason.StartsWith("review: approval of ", StringComparison.Ordinal) => "A person with the role looks at the change and gives the approval with their own key.",
        _ when reason.StartsWith("review: ", StringComparison.Ordinal) => "The stewards look at the change; their approval is among those that the policy asks for.",
        _ when IsError(reason) => "The gate itself could not decide, so it denied: mend the policies or the record, then run again.",
        _ when reason.Contains(": not evaluated, ", StringComparison.Ordinal) => "Nothing by itself: it follows from the stage that failed.",
        _ => "Mend the cause in a new proposal and run again. No approval changes a denial.",
    };

    private static bool IsError(string reason) => reason.StartsWith("gate_error", StringComparison.Ordinal) || reason.StartsWith("consistency", StringComparison.Ordinal);
}
