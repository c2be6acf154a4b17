using System.Globalization;
using System.Text;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Report.Diff;

/// <summary>
/// Shows a patch: a list of its files, and a foldable block for each with the line numbers of both sides. Signs stand in the text, so that
/// nothing is said by colour alone.
/// </summary>
internal sealed class DiffSection
{
    private const int MaximumLines = 2000;
    private const int MaximumFiles = 300;
    private const int MaximumWidth = 1000;
    private const int OpenLines = 120;
    private readonly Html _html;
    private readonly Anchors _anchors;
    private readonly IReadOnlyList<DiffFile> _files;
    private readonly ILookup<string, DiffFinding> _findings;
    private readonly HashSet<string> _protected;
    private int _left = MaximumLines;

    private DiffSection(Html html, RunView view, Anchors anchors, string patch)
    {
        (_html, _anchors) = (html, anchors);
        _files = DiffFile.Parse(patch);
        _findings = DiffFinding.Of(view.Facts).ToLookup(f => f.Path, StringComparer.Ordinal);
        _protected = [.. view.Facts.Labels("patch.protected")];
    }

    /// <summary>Writes the patch; beyond the limits the page says how much is missing and the reader is sent to the file.</summary>
    public static void Write(Html html, RunView view, Anchors anchors, string patch) => new DiffSection(html, view, anchors, patch).Write();

    private void Write()
    {
        Index();
        var shown = 0;
        while (shown < _files.Count && shown < MaximumFiles && _left > 0)
        {
            Block(shown++);
        }

        if (shown < _files.Count)
        {
            var lines = _files.Skip(shown).Sum(f => f.Lines.Count);
            _html.Paragraph(
                string.Create(CultureInfo.InvariantCulture, $"{_files.Count - shown} more files with {lines} lines are not shown here; the rest stands in patch.diff: "),
                Mark.File(BundleFiles.Patch), ".");
        }
    }

    private void Index()
    {
        if (_files.Count < 2)
        {
            return;
        }

        _html.List([.. _files.Take(MaximumFiles).Select((f, i) =>
            Mark.All(Mark.Code(f.Path).To(Anchors.File(i)), " " + Count(f), IsProtected(f) ? ", protected" : "", Findings(f) is { Length: > 0 } found ? $", {Number(found.Length, "finding")}" : ""))]);
    }

    private void Block(int index)
    {
        var file = _files[index];
        var findings = Findings(file);
        var title = Html.Encode(file.Path);
        var marks = (IsProtected(file) ? "<span class=\"tag\">protected</span> " : "") + (findings.Length > 0 ? $"<span class=\"tag bad\">{Number(findings.Length, "finding")}</span> " : "");
        _html.Raw($"<details{(file.Lines.Count <= OpenLines || findings.Length > 0 ? " open" : "")}><summary><code>{title}</code> {marks}{(file.HasHiddenCharacters ? "has hidden characters, shown as [U+…]: " : "")}{Count(file)}</summary><div id=\"{Anchors.File(index)}\">");
        Notes(file, findings);
        var lines = file.Lines.Take(_left).ToArray();
        _left -= lines.Length;
        if (lines.Length > 0)
        {
            _html.Raw($"""<pre class="diff" tabindex="0" role="group" aria-label="Changes of {title}">{Lines(lines, findings)}</pre>""");
        }

        if (file.Lines.Count > lines.Length)
        {
            _html.Raw($"<p class=\"inside\">{Number(file.Lines.Count - lines.Length, "line")} of this file not shown here; the rest stands in patch.diff.</p>");
        }

        Ways(index);
        _html.Raw("</div></details>");
    }

    private void Notes(DiffFile file, DiffFinding[] findings)
    {
        Mark[] notes =
        [
            .. file.Notes.Select(n => (Mark)n),
            .. IsProtected(file) ? (Mark[])["this path is protected: what counts is its content at the base"] : [],
            .. findings.Where(f => file.Lines.All(l => l.After != f.Line)).Select(f => Mark.All(Mark.Code(f.Check.Name).To(_anchors.Of(f.Check)), string.Create(CultureInfo.InvariantCulture, $" names line {f.Line}, which is not in this patch"))),
        ];
        if (notes.Length > 0)
        {
            _html.Raw("<ul class=\"notes\">" + string.Concat(notes.Select(n => $"<li>{Html.Inner(n)}</li>")) + "</ul>");
        }
    }

    private void Ways(int index)
    {
        var last = index == Math.Min(_files.Count, MaximumFiles) - 1 || _left <= 0;
        if (_files.Count > 1)
        {
            _html.Raw($"<p class=\"inside quiet\">{(last ? "" : $"<a href=\"#{Anchors.File(index + 1)}\">Next file</a>, ")}<a href=\"#change\">all files</a></p>");
        }
    }

    private string Lines(DiffLine[] lines, DiffFinding[] findings)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(Span(line));
            foreach (var finding in findings.Where(f => f.Line == line.After))
            {
                text.Append($"<span class=\"note\"><a href=\"#{_anchors.Of(finding.Check)}\">{Html.Encode(finding.Check.Name)}</a>: {Html.Encode(finding.Check.Detail ?? "")}</span>");
            }
        }

        return text.ToString();
    }

    private DiffFinding[] Findings(DiffFile file) => [.. _findings[file.Path]];

    private bool IsProtected(DiffFile file) => _protected.Contains(file.Path);

    private static string Count(DiffFile file) => string.Create(CultureInfo.InvariantCulture, $"+{file.Added} -{file.Deleted}");

    private static string Number(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    // The numbers are attributes that the style shows, so that copied lines have none.
    private static string Span(DiffLine line)
    {
        var text = line.Text.Length > MaximumWidth
            ? string.Create(CultureInfo.InvariantCulture, $"{line.Text[..MaximumWidth]} [{line.Text.Length - MaximumWidth} characters not shown; see patch.diff]")
            : line.Text;
        var kind = line.Kind switch
        {
            DiffLineKind.Added => " class=\"a\"",
            DiffLineKind.Deleted => " class=\"d\"",
            DiffLineKind.Head => " class=\"h\"",
            _ => "",
        };
        var numbers = line.Kind == DiffLineKind.Head ? "" : string.Create(CultureInfo.InvariantCulture, $" data-n=\"{line.Before,5} {line.After,5}\"");
        return $"<span{kind}{numbers}>{(text.Length == 0 ? " " : Html.Encode(text))}</span>";
    }
}
