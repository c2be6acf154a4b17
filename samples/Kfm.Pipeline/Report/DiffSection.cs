using System.Globalization;
using System.Text;

namespace Kfm.Pipeline.Report;

/// <summary>Shows a patch, a foldable block for each file, with the line numbers of both sides.</summary>
internal static class DiffSection
{
    private const int MaximumLines = 2000;
    private const int MaximumWidth = 1000;
    private const int OpenLines = 120;

    /// <summary>Writes the patch; beyond the limit the reader is sent to the file.</summary>
    public static void Write(Html html, string patch)
    {
        var shown = 0;
        foreach (var file in Files(patch))
        {
            if (shown >= MaximumLines)
            {
                html.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The patch has more than {MaximumLines} lines; the rest stands in patch.diff."));
                return;
            }

            var lines = file.Take(MaximumLines - shown).ToArray();
            shown += lines.Length;
            var title = Html.Encode(Title(file[0]));
            html.Raw($"<details{(file.Count <= OpenLines ? " open" : "")}><summary><code>{title}</code> {Count(file)}</summary>");
            html.Raw($"""<pre class="diff" tabindex="0" role="group" aria-label="Changes of {title}">{Lines(lines)}</pre></details>""");
        }
    }

    private static List<List<string>> Files(string patch)
    {
        var files = new List<List<string>>();
        foreach (var line in patch.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal) || files.Count == 0)
            {
                files.Add([]);
            }

            files[^1].Add(line);
        }

        return files;
    }

    private static string Title(string header)
    {
        var at = header.LastIndexOf(" b/", StringComparison.Ordinal);
        return at < 0 ? header : header[(at + 3)..];
    }

    private static string Count(List<string> file)
    {
        var body = file.SkipWhile(l => !l.StartsWith("@@", StringComparison.Ordinal)).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"+{body.Count(l => l.StartsWith('+'))} -{body.Count(l => l.StartsWith('-'))}");
    }

    private static string Lines(string[] lines)
    {
        var text = new StringBuilder();
        var (before, after) = (0, 0);
        foreach (var line in lines)
        {
            if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                (before, after) = Starts(line);
            }

            // Before the first hunk the lines are headers, which have no number.
            text.Append((before + after > 0, line.Length == 0 ? ' ' : line[0]) switch
            {
                (true, '+') => Span("a", null, after++, line),
                (true, '-') => Span("d", before++, null, line),
                (true, ' ') => Span("", before++, after++, line),
                _ => Span("h", null, null, line),
            });
        }

        return text.ToString();
    }

    private static (int Before, int After) Starts(string hunk)
    {
        var words = hunk.Split(' ');
        return words.Length < 3 ? (0, 0) : (Number(words[1]), Number(words[2]));
    }

    private static int Number(string range) =>
        int.TryParse(range.TrimStart('-', '+').Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 0;

    // The numbers are attributes that the style shows, so that copied lines have none.
    private static string Span(string kind, int? before, int? after, string line)
    {
        var text = line.Length > MaximumWidth ? line[..MaximumWidth] + " [cut; see patch.diff]" : line;
        var numbers = string.Create(CultureInfo.InvariantCulture, $" data-n=\"{before,5} {after,5}\"");
        return $"<span{(kind.Length == 0 ? "" : $" class=\"{kind}\"")}{(kind == "h" ? "" : numbers)}>{(text.Length == 0 ? " " : Html.Encode(text))}</span>";
    }
}
