using System.Globalization;
using System.Text;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>Writes the shapes of the picture.</summary>
internal sealed class LineageSvg
{
    private readonly StringBuilder _lines = new();
    private readonly StringBuilder _boxes = new();

    /// <summary>A line with an arrow at its end.</summary>
    /// <param name="path">The line; it ends at the point.</param>
    /// <param name="x">The point.</param>
    /// <param name="y">The point.</param>
    /// <param name="head">Where the arrow points to.</param>
    /// <param name="kind">The class of the line.</param>
    public void Arrow(string path, int x, int y, Head head, string kind = "line")
    {
        // A marker would be a reference; the heads are lines of their own, which are never dashed.
        var wings = head switch
        {
            Head.Down => string.Create(CultureInfo.InvariantCulture, $"M{x - 4} {y - 6}l4 6l4 -6"),
            Head.Up => string.Create(CultureInfo.InvariantCulture, $"M{x - 4} {y + 6}l4 -6l4 6"),
            _ => string.Create(CultureInfo.InvariantCulture, $"M{x - 6} {y - 4}l6 4l-6 4"),
        };
        _lines.Append($"""<path class="{kind}" d="{path}"/><path class="line" d="{wings}"/>""");
    }

    /// <summary>A line without an arrow.</summary>
    public void Line(string path) => _lines.Append($"""<path class="line" d="{path}"/>""");

    /// <summary>A word beside the picture.</summary>
    public void Word(int x, int y, string word) => _boxes.Append(CultureInfo.InvariantCulture, $"""<text class="lane" x="{x}" y="{y}">{Html.Encode(word)}</text>""");

    /// <summary>A box with one or two lines that leads to a place of the page.</summary>
    /// <param name="at">Where it stands.</param>
    /// <param name="kind">Its class.</param>
    /// <param name="target">The place of the page.</param>
    /// <param name="full">The whole name, of which the box may show a part.</param>
    /// <param name="name">What it shows.</param>
    /// <param name="word">The second line, or null.</param>
    public void Box(Place at, string kind, string target, string full, string name, string? word)
    {
        var middle = at.X + (at.Width / 2);

        // A name that is spoken begins with what is seen, so that it can be said (WCAG 2.1, 2.5.3).
        var seen = word is null ? name : $"{name}, {word}";
        var label = Html.Encode(name.EndsWith(full, StringComparison.Ordinal) ? seen : $"{seen}: {full}");
        _boxes.Append(CultureInfo.InvariantCulture, $"""<a class="node {Html.Encode(kind)}" href="#{target}" aria-label="{label}"><title>{label}</title>""")
            .Append(CultureInfo.InvariantCulture, $"""<rect x="{at.X}" y="{at.Y}" width="{at.Width}" height="{at.Height}" rx="6"/>""")
            .Append(CultureInfo.InvariantCulture, $"""<text class="name" x="{middle}" y="{at.Y + (word is null ? (at.Height / 2) + 4 : 17)}">{Html.Encode(name)}</text>""")
            .Append(word is null ? "" : string.Create(CultureInfo.InvariantCulture, $""" <text x="{middle}" y="{at.Y + at.Height - 8}">{Html.Encode(word)}</text>"""))
            .Append("</a>");
    }

    /// <summary>The drawing. The lines lie under the boxes.</summary>
    public string Draw(string id, int width, int height, string words) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<svg class="lineage {id}" role="group" aria-labelledby="{id}-t" aria-describedby="{id}-d" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><title id="{id}-t">Lineage of the proposal</title><desc id="{id}-d">{Html.Encode(words)}</desc>{_lines}{_boxes}</svg>""");

    /// <summary>Where an arrow points to.</summary>
    internal enum Head
    {
        /// <summary>Downwards.</summary>
        Down,

        /// <summary>Upwards.</summary>
        Up,

        /// <summary>To the right.</summary>
        Right,
    }

    /// <summary>Where a box stands.</summary>
    internal readonly record struct Place(int X, int Y, int Width, int Height);
}
