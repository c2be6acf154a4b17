using System.Globalization;
using System.Net;
using System.Text;
using Kfm.Agent.PullRequests;

namespace Kfm.Pipeline.Report;

/// <summary>Writes HTML; every text is encoded and shows its hidden characters.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup as it is.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup).Append('\n');
        return this;
    }

    /// <summary>A part of the page: a landmark with a heading of the second level.</summary>
    public Html Part(string id, string heading, Action<Html> content)
    {
        Raw($"""<section id="{id}" aria-labelledby="{id}-h"><h2 id="{id}-h">{Encode(heading)}</h2>""");
        content(this);
        return Raw("</section>");
    }

    /// <summary>A part that is only fact, only interpretation or only policy, which its heading and its colour say.</summary>
    public Html Story(string id, string heading, string meaning, Action<Html> content)
    {
        Raw($"""<section id="{id}" class="story {id}" aria-labelledby="{id}-h"><h2 id="{id}-h">{Encode(heading)}</h2><p class="meaning">{Encode(meaning)}</p>""");
        content(this);
        return Raw("</section>");
    }

    /// <summary>A section of a part, with a heading of the third level.</summary>
    public Html Section(string heading, Action<Html> content, string? id = null)
    {
        Raw($"<h3{(id is null ? "" : $" id=\"{id}\"")}>{Encode(heading)}</h3>");
        content(this);
        return this;
    }

    /// <summary>A paragraph; a text may be a <see cref="Mark"/>.</summary>
    public Html Paragraph(params ReadOnlySpan<Mark> text) => Raw($"<p>{Inline(text)}</p>");

    /// <summary>A paragraph that is not the main thing.</summary>
    public Html Quiet(params ReadOnlySpan<Mark> text) => Raw($"<p class=\"quiet\">{Inline(text)}</p>");

    /// <summary>A list; nothing when it is empty.</summary>
    public Html List(IReadOnlyCollection<Mark> items)
    {
        if (items.Count > 0)
        {
            Raw("<ul>" + string.Concat(items.Select(i => $"<li>{Inner(i)}</li>")) + "</ul>");
        }

        return this;
    }

    /// <summary>A command to copy.</summary>
    public Html Command(string command) => Raw($"""<pre class="command" tabindex="0" role="group" aria-label="Command"><code>{Encode(command)}</code></pre>""");

    /// <summary>A block that is closed until somebody opens it.</summary>
    public Html Folded(string summary, Action<Html> content)
    {
        Raw($"<details><summary>{Encode(summary)}</summary><div class=\"inside\">");
        content(this);
        return Raw("</div></details>");
    }

    /// <summary>A table that scrolls by itself on a narrow page. Without rows there is no table, and a column without a value is left out.</summary>
    /// <param name="caption">The caption.</param>
    /// <param name="columns">The heads of the columns.</param>
    /// <param name="rows">The rows; the first cell is the head of the row.</param>
    /// <param name="anchors">The id of each row, or null.</param>
    public Html Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Mark>> rows, Func<int, string>? anchors = null)
    {
        IReadOnlyList<Mark>[] all = [.. rows];
        int[] kept = [.. Enumerable.Range(0, columns.Count).Where(i => all.Any(r => r[i].Text.Length > 0))];
        if (kept.Length == 0)
        {
            return this;
        }

        Raw($"""<div class="scroll" tabindex="0" role="group" aria-label="Table: {Encode(caption)}"><table><caption>{Encode(caption)}</caption>""");
        Raw("<thead><tr>" + string.Concat(kept.Select(i => $"<th scope=\"col\">{Encode(columns[i])}</th>")) + "</tr></thead><tbody>");
        for (var n = 0; n < all.Length; n++)
        {
            var row = all[n];
            Raw($"<tr{(anchors is null ? "" : $" id=\"{anchors(n)}\"")}>"
                + string.Concat(kept.Select(i => i == 0 ? $"<th scope=\"row\">{Inner(row[i])}</th>" : $"<td>{Inner(row[i])}</td>")) + "</tr>");
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
    public static string Encode(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));

    /// <summary>A number without a culture.</summary>
    public static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Inline(ReadOnlySpan<Mark> text)
    {
        var line = new StringBuilder();
        foreach (var mark in text)
        {
            line.Append(Inner(mark));
        }

        return line.ToString();
    }

    /// <summary>The markup of a text.</summary>
    public static string Inner(Mark mark) => mark switch
    {
        { Parts: { } parts } => string.Concat(parts.Select(Inner)),
        { Target: { } target } => $"<a href=\"{Encode(target)}\">{Face(mark)}</a>",
        _ => Face(mark),
    };

    private static string Face(Mark mark) => mark switch
    {
        { Text.Length: 0 } => "<span class=\"quiet\">none</span>",
        { Kind: MarkKind.Code } => $"<code>{Encode(mark.Text)}</code>",
        { Kind: MarkKind.Digest } => $"<code class=\"digest\" title=\"{Encode(mark.Text)}\">{Encode(mark.Text)}</code>",
        { Kind: MarkKind.Status } => $"<span class=\"status {Encode(mark.Text)}\">{Encode(mark.Text)}</span>",
        _ => Encode(mark.Text),
    };
}
