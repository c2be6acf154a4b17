namespace Kfm.Agent.Patches;

/// <summary>Applies hunks to the lines of a file at the places where git apply applies them.</summary>
/// <remarks>
/// git apply (apply.c, find_pos) starts at the line that the hunk names for the new file and looks forward and backward in turn for
/// the nearest place where all old lines match byte for byte. A hunk that starts at line 1 must match at the start of the file,
/// one without context after its last change must match at the end. Lines that an earlier hunk touched do not match again. Where git
/// compares only up to a missing newline, this demands that such a line is the last one of the file.
/// </remarks>
internal sealed class HunkApplier
{
    // Steps of the search over all hunks of a patch; far above any real patch, far below a minute.
    private const int MaxSteps = 50_000_000;
    private readonly List<Row> _rows;
    private int _steps;

    public HunkApplier(ReadOnlyMemory<byte> content) => _rows = Split(content);

    /// <summary>Applies a hunk.</summary>
    /// <returns>The reason why it does not apply, or null when it did.</returns>
    public string? Apply(Hunk hunk)
    {
        var before = hunk.Lines.Where(l => l.Kind != HunkLineKind.Added).Select(l => l.Content).ToList();
        var after = hunk.Lines.Where(l => l.Kind != HunkLineKind.Deleted).Select(l => new Row(l.Content, Patched: true)).ToList();
        var position = Find(before, Math.Max(hunk.NewStart - 1, 0), atStart: hunk.OldStart <= 1, atEnd: hunk.Lines[^1].Kind != HunkLineKind.Context);
        if (position < 0)
        {
            return _steps > MaxSteps ? "the place of the hunk is searched for too long" : "the old lines of the hunk are not in the file";
        }

        _steps += _rows.Count / 16;
        _rows.RemoveRange(position, before.Count);
        _rows.InsertRange(position, after);
        return null;
    }

    /// <summary>The content after all hunks.</summary>
    /// <param name="problem">The reason why the content is refused, or null.</param>
    public byte[] Take(out string? problem)
    {
        problem = _rows.SkipLast(1).Any(r => !r.EndsLine) ? "a line inside the file lacks its newline" : null;
        using var content = new MemoryStream(_rows.Sum(r => r.Content.Length));
        foreach (var row in _rows)
        {
            content.Write(row.Content.Span);
        }

        return content.ToArray();
    }

    private int Find(List<ReadOnlyMemory<byte>> before, int line, bool atStart, bool atEnd)
    {
        var last = _rows.Count - before.Count;
        if (last < 0 || (atStart && atEnd && last != 0))
        {
            return -1;
        }

        if (atStart || atEnd)
        {
            var place = atStart ? 0 : last;
            return Matches(before, place) ? place : -1;
        }

        return Nearest(before, Math.Min(line, _rows.Count), last);
    }

    /// <summary>Looks at the start, one after, one before, two after and so on, as git does.</summary>
    private int Nearest(List<ReadOnlyMemory<byte>> before, int start, int last)
    {
        for (var distance = 0; distance <= _rows.Count && _steps <= MaxSteps; distance++)
        {
            if (start + distance <= last && Matches(before, start + distance))
            {
                return start + distance;
            }

            if (start - distance >= 0 && start - distance <= last && Matches(before, start - distance))
            {
                return start - distance;
            }
        }

        return -1;
    }

    private bool Matches(List<ReadOnlyMemory<byte>> before, int position)
    {
        _steps++;
        for (var i = 0; i < before.Count; i++, _steps++)
        {
            var row = _rows[position + i];
            if (row.Patched || !row.Content.Span.SequenceEqual(before[i].Span))
            {
                return false;
            }
        }

        return true;
    }

    private static List<Row> Split(ReadOnlyMemory<byte> content)
    {
        var rows = new List<Row>();
        while (!content.IsEmpty)
        {
            var end = content.Span.IndexOf((byte)'\n');
            var length = end < 0 ? content.Length : end + 1;
            rows.Add(new Row(content[..length], Patched: false));
            content = content[length..];
        }

        return rows;
    }

    private readonly record struct Row(ReadOnlyMemory<byte> Content, bool Patched)
    {
        public bool EndsLine => Content.Span.EndsWith("\n"u8);
    }
}
