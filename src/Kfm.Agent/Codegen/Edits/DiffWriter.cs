using System.Globalization;
using System.Text;

namespace Kfm.Agent.Codegen.Edits;

/// <summary>Writes a git unified diff (git-diff(1), "generating patch text with -p") with three lines of context.</summary>
internal static class DiffWriter
{
    private const int Context = 3;

    /// <summary>The diff; empty when nothing differs.</summary>
    public static string Write(IReadOnlyList<FileDifference> differences)
    {
        var diff = new StringBuilder();
        foreach (var difference in differences)
        {
            Section(diff, difference);
        }

        return diff.ToString();
    }

    private static void Section(StringBuilder diff, FileDifference difference)
    {
        var (before, after) = difference;
        var (oldPath, newPath) = ((before ?? after)!.Path, (after ?? before)!.Path);
        diff.Append("diff --git ").Append(Quoted("a/" + oldPath)).Append(' ').Append(Quoted("b/" + newPath)).Append('\n');
        Header(diff, before, after);
        var (old, @new) = (Lines(before?.Text), Lines(after?.Text));
        var blocks = LineDiff.Compare(old, @new);
        if (blocks.Count > 0)
        {
            diff.Append("--- ").Append(before is null ? "/dev/null" : Named("a/" + oldPath)).Append('\n')
                .Append("+++ ").Append(after is null ? "/dev/null" : Named("b/" + newPath)).Append('\n');
        }

        foreach (var hunk in Hunks(blocks))
        {
            Hunk(diff, old, @new, hunk);
        }
    }

    private static void Header(StringBuilder diff, PromptFile? before, PromptFile? after)
    {
        if (before is null || after is null)
        {
            diff.Append(before is null ? "new file mode " : "deleted file mode ").Append((before ?? after)!.Mode).Append('\n');
            return;
        }

        if (!string.Equals(before.Mode, after.Mode, StringComparison.Ordinal))
        {
            diff.Append("old mode ").Append(before.Mode).Append("\nnew mode ").Append(after.Mode).Append('\n');
        }

        if (!string.Equals(before.Path, after.Path, StringComparison.Ordinal))
        {
            diff.Append("rename from ").Append(Quoted(before.Path)).Append("\nrename to ").Append(Quoted(after.Path)).Append('\n');
        }
    }

    /// <summary>Blocks whose contexts touch share a hunk.</summary>
    private static List<List<LineBlock>> Hunks(IReadOnlyList<LineBlock> blocks)
    {
        var hunks = new List<List<LineBlock>>();
        foreach (var block in blocks)
        {
            if (hunks.Count > 0 && block.Old - hunks[^1][^1].OldEnd <= 2 * Context)
            {
                hunks[^1].Add(block);
            }
            else
            {
                hunks.Add([block]);
            }
        }

        return hunks;
    }

    private static void Hunk(StringBuilder diff, string[] old, string[] @new, List<LineBlock> blocks)
    {
        var (first, last) = (blocks[0], blocks[^1]);
        var lead = Math.Min(Context, first.Old);
        var tail = Math.Min(Context, old.Length - last.OldEnd);
        var (oldStart, newStart) = (first.Old - lead, first.New - lead);
        diff.Append("@@ -").Append(Range(oldStart, last.OldEnd + tail - oldStart))
            .Append(" +").Append(Range(newStart, last.NewEnd + tail - newStart)).Append(" @@\n");
        var at = oldStart;
        foreach (var block in blocks)
        {
            Append(diff, ' ', old.AsSpan(at..block.Old));
            Append(diff, '-', old.AsSpan(block.Old..block.OldEnd));
            Append(diff, '+', @new.AsSpan(block.New..block.NewEnd));
            at = block.OldEnd;
        }

        Append(diff, ' ', old.AsSpan(at..(at + tail)));
    }

    private static string Range(int start, int count) => count == 1
        ? (start + 1).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    private static void Append(StringBuilder diff, char kind, ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            diff.Append(kind).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
        }
    }

    private static string[] Lines(string? text)
    {
        var lines = new List<string>();
        for (var start = 0; text is not null && start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return [.. lines];
    }

    // git puts one tab after a path with spaces, so that a reader does not take a date for a part of it.
    private static string Named(string path) => Quoted(path) + (path.Contains(' ', StringComparison.Ordinal) ? "\t" : "");

    private static string Quoted(string path)
    {
        if (!path.Any(c => c < ' ' || c is '"' or '\\' or '\u007f'))
        {
            return path;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in path)
        {
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c)
                : c is < ' ' or '\u007f' ? quoted.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'))
                : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
