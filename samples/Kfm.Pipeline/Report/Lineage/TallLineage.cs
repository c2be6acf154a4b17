using System.Globalization;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>The picture for a narrow page: the runs stand along a line, each with its boxes below it.</summary>
internal static class TallLineage
{
    private const int Width = 284;
    private const int RunHeight = 40;
    private const int Height = 26;
    private const int Step = 30;
    private const int Indent = 30;
    private const int Room = 32;

    /// <summary>Draws the runs; there is one at least.</summary>
    public static string Draw(IReadOnlyList<LineageColumn> columns, string words)
    {
        var svg = new LineageSvg();
        var y = 4;
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            svg.Box(new(2, y, Width - 4, RunHeight), column.Outcome, Anchors.Of(column.Run.Key), column.Name, column.Name, column.Outcome);
            var top = y + RunHeight;
            y = Items(svg, column, top + 6);
            if (i < columns.Count - 1)
            {
                svg.Arrow(string.Create(CultureInfo.InvariantCulture, $"M14 {top}V{y + 8}"), 14, y + 8, LineageSvg.Head.Down);
                y += 10;
            }
        }

        return svg.Draw("tall", Width, y + 2, words);
    }

    private static int Items(LineageSvg svg, LineageColumn column, int y)
    {
        (string Verb, string Kind, IReadOnlyList<LineageItem> Items)[] lanes =
            [("by", "actor", column.Actors), ("read", "artifact", column.Materials), ("read", "artifact", column.Earlier), ("wrote", "artifact", column.Wrote)];
        foreach (var (verb, kind, items) in lanes)
        {
            foreach (var item in items)
            {
                svg.Line(string.Create(CultureInfo.InvariantCulture, $"M14 {y + (Height / 2)}H{Indent}"));
                svg.Box(new(Indent, y, Width - Indent - 2, Height), kind, item.Target, item.Name, $"{verb} {LineageText.Short(item.Name, Room - verb.Length)}", word: null);
                y += Step;
            }
        }

        return y;
    }
}
