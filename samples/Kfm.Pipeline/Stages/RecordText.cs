using System.Text;
using Kfm.Gates.Scanning;

namespace Kfm.Pipeline.Stages;

/// <summary>Makes a text fit for the record: one line, no path of the machine, no secret, not long.</summary>
internal sealed class RecordText(IReadOnlyList<(string Path, string Name)> paths, Func<string, string> redact)
{
    private const int Longest = 500;

    /// <summary>The text in one clean line.</summary>
    public string Clean(string text)
    {
        var line = new StringBuilder();
        foreach (var c in Take(text).Trim())
        {
            line.Append(char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c);
        }

        return line.Length > Longest ? line.ToString(0, Longest - 3) + "..." : line.ToString();
    }

    /// <summary>The lines of a longer text, each in its clean form.</summary>
    public string CleanLines(string text) => string.Concat(Take(text).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(l => Clean(l) + "\n"));

    private string Take(string text)
    {
        foreach (var (path, name) in paths.Where(p => p.Path.Length > 1).OrderByDescending(p => p.Path.Length))
        {
            text = text.Replace(path, name, StringComparison.Ordinal);
        }

        return SecretScanner.Redact(redact(text));
    }
}
