namespace Kfm.Agent.Codegen.Edits;

/// <summary>The shortest script of deleted and added lines (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4).</summary>
internal static class LineDiff
{
    // The trace holds about the square of this many numbers, 16 MiB. Texts that differ more are told as one block.
    private const int MostDifferences = 2_000;

    /// <summary>The blocks that differ, in order.</summary>
    public static IReadOnlyList<LineBlock> Compare(string[] old, string[] @new)
    {
        var start = 0;
        while (start < old.Length && start < @new.Length && string.Equals(old[start], @new[start], StringComparison.Ordinal))
        {
            start++;
        }

        var end = 0;
        while (end < old.Length - start && end < @new.Length - start && string.Equals(old[^(end + 1)], @new[^(end + 1)], StringComparison.Ordinal))
        {
            end++;
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] Numbered(string[] lines) => [.. lines[start..^end].Select(l => numbers.TryGetValue(l, out var n) ? n : numbers[l] = numbers.Count)];
        return [.. Middle(Numbered(old), Numbered(@new)).Select(b => new LineBlock(b.Old + start, b.OldEnd + start, b.New + start, b.NewEnd + start))];
    }

    private static List<LineBlock> Middle(int[] a, int[] b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length + b.Length == 0 ? [] : [new LineBlock(0, a.Length, 0, b.Length)];
        }

        return Trace(a, b) is { } trace ? Blocks(trace, a.Length, b.Length) : [new LineBlock(0, a.Length, 0, b.Length)];
    }

    /// <summary>The furthest old line on each diagonal, before each number of differences; null when there are too many.</summary>
    private static List<int[]>? Trace(int[] a, int[] b)
    {
        var trace = new List<int[]>();
        var most = Math.Min(a.Length + b.Length, MostDifferences);
        var furthest = new int[(2 * most) + 3];
        var zero = most + 1;
        for (var d = 0; d <= most; d++)
        {
            trace.Add(furthest[(zero - d - 1)..(zero + d + 2)]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = Down(furthest, zero, k, d) ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1;
                while (x < a.Length && x - k < b.Length && a[x] == b[x - k])
                {
                    x++;
                }

                furthest[zero + k] = x;
                if (x >= a.Length && x - k >= b.Length)
                {
                    return trace;
                }
            }
        }

        return null;
    }

    private static bool Down(int[] furthest, int zero, int k, int d) =>
        k == -d || (k != d && furthest[zero + k - 1] < furthest[zero + k + 1]);

    private static List<LineBlock> Blocks(List<int[]> trace, int x, int y)
    {
        var blocks = new List<LineBlock>();
        for (var d = trace.Count - 1; d > 0; d--)
        {
            var (furthest, zero, k) = (trace[d], d + 1, x - y);
            var down = Down(furthest, zero, k, d);
            var fromX = furthest[zero + k + (down ? 1 : -1)];
            var fromY = fromX - (k + (down ? 1 : -1));
            Add(blocks, down ? new LineBlock(fromX, fromX, fromY, fromY + 1) : new LineBlock(fromX, fromX + 1, fromY, fromY));
            (x, y) = (fromX, fromY);
        }

        blocks.Reverse();
        return blocks;
    }

    // The script is read from its end; a step that touches the block after it belongs to it.
    private static void Add(List<LineBlock> blocks, LineBlock step)
    {
        if (blocks.Count > 0 && blocks[^1].Old == step.OldEnd && blocks[^1].New == step.NewEnd)
        {
            blocks[^1] = new LineBlock(step.Old, blocks[^1].OldEnd, step.New, blocks[^1].NewEnd);
        }
        else
        {
            blocks.Add(step);
        }
    }
}
