using System.Globalization;

namespace Kfm.Pipeline.Report.Diff;

/// <summary>Reads the lines above the hunks of a file.</summary>
internal static class DiffHeader
{
    private static readonly (string Start, string Words)[] Told =
    [
        ("new file mode ", "new file, mode "), ("deleted file mode ", "deleted, mode "), ("old mode ", "mode was "), ("new mode ", "mode is "),
        ("rename from ", "renamed from "), ("copy from ", "copied from "), ("similarity index ", "similar by "), ("dissimilarity index ", "different by "),
    ];

    private static readonly string[] Known = ["diff --git ", "index ", "--- ", "+++ ", "rename to ", "copy to "];

    /// <summary>What the line says beside the lines of the file, or null.</summary>
    public static string? Note(string line)
    {
        foreach (var (start, words) in Told)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return words + line[start.Length..];
            }
        }

        return line.StartsWith("Binary files ", StringComparison.Ordinal) ? "binary, its content is not shown" : null;
    }

    /// <summary>Whether the page says elsewhere what the line says.</summary>
    public static bool IsTold(string line) => Known.Any(k => line.StartsWith(k, StringComparison.Ordinal));

    /// <summary>The path: of the new side, else of the old one, else what the first line says.</summary>
    public static string Path(IEnumerable<string> head)
    {
        string[] lines = [.. head];
        foreach (var (start, side) in new[] { ("+++ ", "b/"), ("--- ", "a/"), ("rename to ", ""), ("copy to ", "") })
        {
            if (Array.Find(lines, l => l.StartsWith(start + side, StringComparison.Ordinal)) is { } line)
            {
                return line[(start.Length + side.Length)..].TrimEnd('\t');
            }
        }

        var first = lines.Length == 0 ? "" : lines[0];
        var at = first.LastIndexOf(" b/", StringComparison.Ordinal);
        return at < 0 ? first : first[(at + 3)..];
    }

    /// <summary>The numbers of the first lines of a hunk.</summary>
    public static (int Before, int After) Starts(string hunk)
    {
        var words = hunk.Split(' ');
        return words.Length < 3 ? (0, 0) : (Number(words[1]), Number(words[2]));
    }

    private static int Number(string range) =>
        int.TryParse(range.TrimStart('-', '+').Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 0;
}
