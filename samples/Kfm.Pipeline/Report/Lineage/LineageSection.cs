using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>Where the proposal comes from: a picture with a link in every box, and the same as a table.</summary>
internal static class LineageSection
{
    /// <summary>Writes the section; nothing for a record without runs.</summary>
    public static void Write(Html html, RunView view, Anchors anchors)
    {
        var columns = LineageModel.Of(view, anchors).Columns;
        if (columns.Count == 0)
        {
            html.Paragraph("The record names no run.");
            return;
        }

        var words = string.Join(", then ", columns.Select(c => $"{c.Name} {c.Outcome}")) + ".";
        html.Raw("<figure>");
        html.Raw($"""<div class="scroll picture" tabindex="0" role="group" aria-label="Picture of the lineage">{WideLineage.Draw(columns, words)}{TallLineage.Draw(columns, words)}</div>""");
        html.Raw("<figcaption class=\"quiet\">Stages from left to right, or from top to bottom. Each box leads to its facts. Dashed lines: what a stage wrote and a later one read.</figcaption></figure>");
        html.Folded("The picture as a table", h => h.Table("Each stage with its actors, what it read and what it wrote", ["Stage", "Outcome", "By", "Read from outside", "Read from earlier stages", "Wrote"], columns.Select(c => (IReadOnlyList<Mark>)[
            Mark.Code(c.Name).To(Anchors.Of(c.Run.Key)), Mark.Status(c.Outcome), Of(c.Actors), Of(c.Materials), Of(c.Earlier), Of(c.Wrote)])));
    }

    private static Mark Of(IReadOnlyList<LineageItem> items) =>
        Mark.Join(", ", items.Select(i => Mark.All(Mark.Code(i.Name).To(i.Target), $" ({i.Word})")));
}
