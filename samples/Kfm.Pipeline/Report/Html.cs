using System.Globalization;
using System.Net;
using System.Text;

namespace Kfm.Pipeline.Report;

/// <summary>Writes HTML; every text is encoded.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup as it is.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    /// <summary>A section with a heading of the given level and an id.</summary>
    public Html Section(string id, string heading, int level, Action<Html> content)
    {
        Raw($"""<section id="{id}" aria-labelledby="{id}-h"><h{level} id="{id}-h">{Encode(heading)}</h{level}>""");
        content(this);
        return Raw("</section>");
    }

    /// <summary>A paragraph.</summary>
    public Html Paragraph(string text, string? cssClass = null) =>
        Raw($"<p{(cssClass is null ? "" : $" class=\"{cssClass}\"")}>{Encode(text)}</p>");

    /// <summary>A list; nothing when it is empty.</summary>
    public Html List(IReadOnlyCollection<string> items)
    {
        if (items.Count > 0)
        {
            Raw("<ul>" + string.Concat(items.Select(i => $"<li>{Encode(i)}</li>")) + "</ul>");
        }

        return this;
    }

    /// <summary>A table that scrolls by itself on a narrow page; a cell may be a <see cref="Mark"/>.</summary>
    public Html Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Mark>> rows)
    {
        Raw($"""<div class="scroll" tabindex="0" role="region" aria-label="{Encode(caption)}"><table><caption>{Encode(caption)}</caption>""");
        Raw("<thead><tr>" + string.Concat(columns.Select(c => $"<th scope=\"col\">{Encode(c)}</th>")) + "</tr></thead><tbody>");
        foreach (var row in rows)
        {
            Raw("<tr>" + string.Concat(row.Select(Cell)) + "</tr>");
        }

        return Raw("</tbody></table></div>");
    }

    /// <summary>Names with values.</summary>
    public Html Definitions(IEnumerable<(string Name, Mark Value)> entries)
    {
        Raw("<dl>");
        foreach (var (name, value) in entries)
        {
            Raw($"<dt>{Encode(name)}</dt><dd>{Inner(value)}</dd>");
        }

        return Raw("</dl>");
    }

    /// <summary>A text for HTML, also for an attribute in double quotes.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A number without a culture.</summary>
    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Cell(Mark mark) => $"<td>{Inner(mark)}</td>";

    private static string Inner(Mark mark) => mark.Kind switch
    {
        MarkKind.Code => $"<code>{Encode(mark.Text)}</code>",
        MarkKind.Status => $"<span class=\"status {Encode(mark.Text)}\">{Encode(mark.Text)}</span>",
        _ => Encode(mark.Text),
    };
}
