using Kfm.Agent.PullRequests;

namespace Kfm.Pipeline.Report.Diff;

/// <summary>A file of a patch, read for the eye: what is not understood is shown as it is.</summary>
internal sealed class DiffFile
{
    private DiffFile(List<string> lines) => Read(lines);

    /// <summary>The path after the change, or before it where the file was deleted.</summary>
    public string Path { get; private set; } = "";

    /// <summary>What happened beside the lines: new, deleted, renamed, mode, binary.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The lines of the hunks.</summary>
    public List<DiffLine> Lines { get; } = [];

    /// <summary>How many lines were added.</summary>
    public int Added => Lines.Count(l => l.Kind == DiffLineKind.Added);

    /// <summary>How many lines were deleted.</summary>
    public int Deleted => Lines.Count(l => l.Kind == DiffLineKind.Deleted);

    /// <summary>Whether a character of it cannot be seen, or changes what is seen around it.</summary>
    public bool HasHiddenCharacters { get; private set; }

    /// <summary>The files of a patch in its order.</summary>
    public static IReadOnlyList<DiffFile> Parse(string patch)
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

        return [.. files.Select(f => new DiffFile(f))];
    }

    private void Read(List<string> lines)
    {
        HasHiddenCharacters = lines.Exists(l => !string.Equals(VisibleText.Of(l), l, StringComparison.Ordinal));
        var head = lines.FindIndex(l => l.StartsWith("@@ ", StringComparison.Ordinal) || l == "GIT binary patch");
        head = head < 0 ? lines.Count : head;
        Path = DiffHeader.Path(lines.Take(head));
        foreach (var line in lines.Take(head))
        {
            if (DiffHeader.Note(line) is { } note)
            {
                Notes.Add(note);
            }
            else if (!DiffHeader.IsTold(line))
            {
                Lines.Add(new DiffLine(DiffLineKind.Head, null, null, line));
            }
        }

        if (head < lines.Count && lines[head] == "GIT binary patch")
        {
            Notes.Add($"binary, {Html.Number(lines.Count - head)} lines of data are not shown and stand in patch.diff");
            return;
        }

        Hunks(lines.Skip(head));
    }

    private void Hunks(IEnumerable<string> lines)
    {
        var (before, after) = (0, 0);
        foreach (var line in lines)
        {
            if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                (before, after) = DiffHeader.Starts(line);
            }

            Lines.Add((line.Length == 0 ? ' ' : line[0]) switch
            {
                '+' => new DiffLine(DiffLineKind.Added, null, after++, line),
                '-' => new DiffLine(DiffLineKind.Deleted, before++, null, line),
                ' ' => new DiffLine(DiffLineKind.Context, before++, after++, line),
                _ => new DiffLine(DiffLineKind.Head, null, null, line),
            });
        }
    }
}
