using System.Buffers.Text;

namespace Kfm.Agent.Patches;

/// <summary>Reads the hunks of one file.</summary>
internal sealed class HunkParser(PatchLines lines)
{
    // Far below int overflow when a start and a count are added.
    private const int MaxNumber = 500_000_000;

    public List<Hunk> ParseAll()
    {
        var hunks = new List<Hunk>();
        var end = 0;
        while (!lines.AtEnd && lines.Current.StartsWith("@@ "u8))
        {
            var hunk = Parse();
            if (hunk.OldStart < end)
            {
                throw new PatchFormatException("hunks overlap or are out of order", hunk.Line);
            }

            end = hunk.OldStart + hunk.OldCount;
            hunks.Add(hunk);
        }

        return hunks.Count > 0 ? hunks : throw lines.Error("a hunk '@@ -l,s +l,s @@' is missing");
    }

    private Hunk Parse()
    {
        var line = lines.Number;
        lines.TryTake("@@ -"u8, out var rest);
        var (oldStart, oldCount) = Range(ref rest, line);
        Skip(ref rest, " +"u8, line);
        var (newStart, newCount) = Range(ref rest, line);
        Skip(ref rest, " @@"u8, line);
        if (!rest.IsEmpty && rest[0] != ' ')
        {
            throw Malformed(line);
        }

        return new Hunk(line, oldStart, oldCount, newStart, newCount, Body(oldCount, newCount, line));
    }

    private List<HunkLine> Body(int oldLeft, int newLeft, int line)
    {
        var body = new List<HunkLine>();
        var changed = false;
        while (oldLeft > 0 || newLeft > 0)
        {
            var kind = Kind();
            oldLeft -= kind == HunkLineKind.Added ? 0 : 1;
            newLeft -= kind == HunkLineKind.Deleted ? 0 : 1;
            if (oldLeft < 0 || newLeft < 0)
            {
                throw lines.Error("a hunk has more lines than it counts");
            }

            changed |= kind != HunkLineKind.Context;
            body.Add(new HunkLine(kind, Content(LastOf(kind, oldLeft, newLeft))));
        }

        return changed ? body : throw new PatchFormatException("a hunk changes nothing", line);
    }

    /// <summary>Whether the line is the last one of every side that it is on; only such a line can lack its newline.</summary>
    private static bool LastOf(HunkLineKind kind, int oldLeft, int newLeft) => kind switch
    {
        HunkLineKind.Added => newLeft == 0,
        HunkLineKind.Deleted => oldLeft == 0,
        _ => oldLeft == 0 && newLeft == 0,
    };

    private HunkLineKind Kind()
    {
        if (lines.AtEnd)
        {
            throw lines.Error("a hunk has fewer lines than it counts");
        }

        // An empty line is a context line whose space an editor removed; git reads it so too.
        return lines.Current is [] ? HunkLineKind.Context : lines.Current[0] switch
        {
            (byte)' ' => HunkLineKind.Context,
            (byte)'-' => HunkLineKind.Deleted,
            (byte)'+' => HunkLineKind.Added,
            _ => throw lines.Error("a line of a hunk starts with ' ', '-' or '+', or the hunk has fewer lines than it counts"),
        };
    }

    private ReadOnlyMemory<byte> Content(bool last)
    {
        var content = lines.CurrentMemory;
        content = lines.Current.IsEmpty ? content : content[1..];
        if (!content.Span.EndsWith("\n"u8))
        {
            throw lines.Error("the patch ends without a newline");
        }

        lines.Next();
        if (lines.AtEnd || !lines.Current.StartsWith("\\"u8))
        {
            return content;
        }

        if (!last || !lines.TryTake("\\ No newline at end of file"u8, out var rest) || !rest.IsEmpty)
        {
            throw lines.Error("only the last line of a side is followed by '\\ No newline at end of file'");
        }

        return content[..^1];
    }

    private static (int Start, int Count) Range(ref ReadOnlySpan<byte> text, int line)
    {
        var start = Number(ref text, line);
        var count = 1;
        if (text.StartsWith(","u8))
        {
            text = text[1..];
            count = Number(ref text, line);
        }

        return start > 0 || count == 0 ? (start, count) : throw Malformed(line);
    }

    private static int Number(ref ReadOnlySpan<byte> text, int line)
    {
        if (text.IsEmpty || !char.IsAsciiDigit((char)text[0]) || !Utf8Parser.TryParse(text, out int value, out var length) || value > MaxNumber)
        {
            throw Malformed(line);
        }

        text = text[length..];
        return value;
    }

    private static void Skip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected, int line)
    {
        if (!text.StartsWith(expected))
        {
            throw Malformed(line);
        }

        text = text[expected.Length..];
    }

    private static PatchFormatException Malformed(int line) => new("a hunk starts with '@@ -l,s +l,s @@'", line);
}
