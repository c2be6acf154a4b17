using System.Globalization;
using System.Text;

namespace Kfm.Gates.Scanning;

/// <summary>Lines that a patch adds one after the other, or a name that it gives to a file (line 0).</summary>
internal sealed record AddedBlock(string? Path, int FirstLine, string Text)
{
    /// <summary>Reads the blocks of a unified diff. A line with <c>+</c> counts as added wherever it stands: a broken patch is no way around the scan.</summary>
    public static IEnumerable<AddedBlock> In(string patch)
    {
        string? path = null;
        var (line, left, first) = (0, 0, 0);
        var text = new StringBuilder();
        foreach (var raw in patch.Split('\n'))
        {
            var added = raw.StartsWith('+') && (left > 0 || !raw.StartsWith("+++ ", StringComparison.Ordinal));
            if (added)
            {
                first = text.Length == 0 ? line : first;
                text.Append(raw, 1, raw.Length - 1).Append('\n');
            }
            else if (text.Length > 0)
            {
                yield return new AddedBlock(path, first, text.ToString());
                text.Clear();
            }

            if (raw.StartsWith("@@ ", StringComparison.Ordinal) && left <= 0)
            {
                (line, left) = Hunk(raw);
            }
            else if (left > 0 && raw.StartsWith('+') | raw.StartsWith(' ') | raw.Length == 0)
            {
                line++;
                left--;
            }
            else if (left <= 0 && Name(raw) is { } name)
            {
                path = name;
                yield return new AddedBlock(name, 0, name);
            }
        }

        if (text.Length > 0)
        {
            yield return new AddedBlock(path, first, text.ToString());
        }
    }

    private static (int Line, int Count) Hunk(string header)
    {
        var plus = header.IndexOf('+', StringComparison.Ordinal);
        var end = plus < 0 ? -1 : header.IndexOf(' ', plus);
        if (end < 0)
        {
            return (0, 0);
        }

        var parts = header[(plus + 1)..end].Split(',');
        var known = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var line);
        var count = 1;
        known &= parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count);
        return known ? (line, count) : (0, 0);
    }

    private static string? Name(string line)
    {
        if (line.StartsWith("+++ ", StringComparison.Ordinal))
        {
            var name = line[4..].TrimEnd('\r');
            return name.StartsWith("b/", StringComparison.Ordinal) ? name[2..] : name is "/dev/null" ? null : name;
        }

        return line.StartsWith("rename to ", StringComparison.Ordinal) ? line["rename to ".Length..] : null;
    }
}
