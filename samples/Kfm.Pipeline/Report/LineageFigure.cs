using System.Globalization;
using System.Text;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report;

/// <summary>The way of the proposal through the stages as a drawing: lying on a wide page, standing on a narrow one.</summary>
internal static class LineageFigure
{
    private const int Step = 118;
    private const int Rise = 44;

    /// <summary>Writes the figure. Each node says its outcome as a word, and the whole stands in the description as well.</summary>
    public static void Write(Html html, RunView view)
    {
        (string Stage, string Outcome)[] nodes = [.. view.Facts.Runs.Select(r => (
            r.Key.ToString() is var key && key.EndsWith("#1", StringComparison.Ordinal) ? key[..^2] : key,
            r.Key.Stage == Stage.Gate && r.Key == view.Decided.Run ? view.Verdict : r.Outcome.ToString().ToLowerInvariant()))];
        if (nodes.Length == 0)
        {
            return;
        }

        var words = string.Join(", then ", nodes.Select(n => $"{n.Stage} {n.Outcome}")) + ".";
        html.Raw("<figure>");
        html.Raw(Svg("wide", nodes.Length * Step, 56, words, Draw(nodes, i => (i * Step, 4), (x, y) => $"M{x - 18} {y + 24}h14m-5 -4l5 4l-5 4")));
        html.Raw(Svg("tall", Step, nodes.Length * (48 + Rise - 28), words, Draw(nodes, i => (0, 4 + (i * (48 + Rise - 28))), (x, y) => $"M{x + 50} {y - 16}v12m-4 -5l4 5l4 -5")));
        html.Raw("<figcaption class=\"quiet\">The way of the proposal; the end of the line is the verdict.</figcaption></figure>");
    }

    private static string Svg(string id, int width, int height, string words, string content) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<svg class="lineage {id}" role="img" aria-labelledby="{id}-t {id}-d" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><title id="{id}-t">Stages and their outcomes</title><desc id="{id}-d">{Html.Encode(words)}</desc>{content}</svg>""");

    private static string Draw((string Stage, string Outcome)[] nodes, Func<int, (int X, int Y)> at, Func<int, int, string> arrow)
    {
        var svg = new StringBuilder();
        for (var i = 0; i < nodes.Length; i++)
        {
            var ((x, y), (stage, outcome)) = (at(i), nodes[i]);
            if (i > 0)
            {
                svg.Append($"""<path class="arrow" d="{arrow(x, y)}"/>""");
            }

            svg.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"""<g class="{Html.Encode(outcome)}"><rect x="{x + 1}" y="{y}" width="98" height="48" rx="6"/><text class="name" x="{x + 50}" y="{y + 20}">{Html.Encode(stage)}</text><text x="{x + 50}" y="{y + 38}">{Html.Encode(outcome)}</text></g>"""));
        }

        return svg.ToString();
    }
}
