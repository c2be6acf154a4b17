using System.Globalization;

namespace Kfm.Pipeline.Report;

/// <summary>Shows a patch, a foldable block for each file.</summary>
internal static class DiffSection
{
    private const int MaximumLines = 3000;

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
            html.Raw($"<details{(file.Count <= 120 ? " open" : "")}><summary><code>{Html.Encode(Title(file[0]))}</code> {Count(file)}</summary>");
            html.Raw($"""<pre tabindex="0" aria-label="Changes of {Html.Encode(Title(file[0]))}">{string.Concat(lines.Select(Line))}</pre></details>""");
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

    private static string Line(string line)
    {
        var kind = line switch
        {
            ['+', ..] when !line.StartsWith("+++ ", StringComparison.Ordinal) => " class=\"a\"",
            ['-', ..] when !line.StartsWith("--- ", StringComparison.Ordinal) => " class=\"d\"",
            [' ', ..] or [] => "",
            _ => " class=\"h\"",
        };
        return $"<span{kind}>{(line.Length == 0 ? " " : Html.Encode(line))}</span>";
    }
}
