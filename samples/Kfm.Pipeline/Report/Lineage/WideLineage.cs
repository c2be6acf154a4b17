using System.Globalization;
using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>The picture for a wide page: a column for each run, and lanes for actors, materials, runs and what was written.</summary>
internal sealed class WideLineage
{
    private const int Left = 64;
    private const int Column = 150;
    private const int Width = 126;
    private const int Height = 40;
    private const int Step = 46;
    private const int RunHeight = 48;
    private const int Gap = 26;
    private const int Channel = 8;
    private const int Room = 16;
    private readonly IReadOnlyList<LineageColumn> _columns;
    private readonly LineageSvg _svg = new();
    private readonly (int Actors, int Materials, int Runs, int Channels, int Wrote, int End) _y;
    private readonly List<(int Column, int Row, int[] Readers)> _flows;

    private WideLineage(IReadOnlyList<LineageColumn> columns)
    {
        _columns = columns;
        _flows = [.. Flows()];
        const int actors = 4;
        var materials = actors + (columns.Max(c => c.Actors.Count) * Step) + Gap;
        var runs = materials + (columns.Max(c => c.Materials.Count) * Step) + Gap;
        var channels = runs + RunHeight + 14;
        var wrote = channels + (_flows.Count * Channel) + 12;
        _y = (actors, materials, runs, channels, wrote, wrote + (columns.Max(c => c.Wrote.Count) * Step) + 4);
    }

    /// <summary>Draws the runs; there is one at least.</summary>
    public static string Draw(IReadOnlyList<LineageColumn> columns, string words) => new WideLineage(columns).Draw(words);

    private string Draw(string words)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            DrawColumn(i, X(i));
        }

        for (var i = 0; i < _flows.Count; i++)
        {
            Flow(i);
        }

        Lane(_columns.Any(c => c.Actors.Count > 0), _y.Actors, "by");
        Lane(_columns.Any(c => c.Materials.Count > 0), _y.Materials, "read");
        Lane(show: true, _y.Runs + 4, "stage");
        Lane(_columns.Any(c => c.Wrote.Count > 0), _y.Wrote, "wrote");
        return _svg.Draw("wide", X(_columns.Count) - Column + Width + 8, _y.End, words);
    }

    private void Lane(bool show, int y, string word)
    {
        if (show)
        {
            _svg.Word(2, y + 24, word);
        }
    }

    private void DrawColumn(int index, int x)
    {
        var column = _columns[index];
        var middle = x + (Width / 2);
        Stack(column.Actors, "actor", x, _y.Actors);
        Stack(column.Materials, "artifact", x, _y.Materials);
        Stack(column.Wrote, "artifact", x, _y.Wrote);
        _svg.Box(new(x, _y.Runs, Width, RunHeight), column.Outcome, Anchors.Of(column.Run.Key), column.Name, column.Name, column.Outcome);
        if (index > 0)
        {
            _svg.Arrow(Path($"M{x - Column + Width} {_y.Runs + 24}H{x - 2}"), x - 2, _y.Runs + 24, LineageSvg.Head.Right);
        }

        var actorsEnd = End(_y.Actors, column.Actors.Count);
        if (column.Actors.Count > 0)
        {
            // Past what the run read, along the gutter.
            var straight = column.Materials.Count == 0;
            var path = straight ? Path($"M{middle} {actorsEnd}V{_y.Runs - 2}") : Path($"M{x + 10} {actorsEnd}v6H{x - 8}V{_y.Runs - 14}H{x + 16}v12");
            _svg.Arrow(path, straight ? middle : x + 16, _y.Runs - 2, LineageSvg.Head.Down);
        }

        if (column.Materials.Count > 0)
        {
            _svg.Arrow(Path($"M{middle} {End(_y.Materials, column.Materials.Count)}V{_y.Runs - 2}"), middle, _y.Runs - 2, LineageSvg.Head.Down);
        }

        if (column.Wrote.Count > 0)
        {
            _svg.Arrow(Path($"M{middle} {_y.Runs + RunHeight}V{_y.Wrote - 2}"), middle, _y.Wrote - 2, LineageSvg.Head.Down);
        }
    }

    private void Stack(IReadOnlyList<LineageItem> items, string kind, int x, int top)
    {
        for (var i = 0; i < items.Count; i++)
        {
            _svg.Box(new(x, top + (i * Step), Width, Height), kind, items[i].Target, items[i].Name, LineageText.Short(items[i].Name, Room), LineageText.Short(items[i].Word, Room + 2));
        }
    }

    // From the box that was written, up the gutter, along a channel of its own, up to each run that read it.
    private void Flow(int index)
    {
        var (column, row, readers) = _flows[index];
        var right = X(column) + Width;
        var gutter = right + 4 + (row * 5);
        var channel = _y.Channels + (index * Channel);
        foreach (var reader in readers)
        {
            var (x, end) = (X(reader) + 12 + (index % 5 * 9), _y.Runs + RunHeight + 2);
            _svg.Arrow(Path($"M{right} {_y.Wrote + (row * Step) + (Height / 2)}H{gutter}V{channel}H{x}V{end}"), x, end, LineageSvg.Head.Up, "line flow");
        }
    }

    private IEnumerable<(int Column, int Row, int[] Readers)> Flows()
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            for (var row = 0; row < _columns[i].Wrote.Count; row++)
            {
                var contents = _columns[i].Wrote[row].Contents.ToHashSet();
                int[] readers = [.. Enumerable.Range(i + 1, _columns.Count - i - 1).Where(j => Reads(_columns[j], contents))];
                if (readers.Length > 0)
                {
                    yield return (i, row, readers);
                }
            }
        }
    }

    private static bool Reads(LineageColumn column, HashSet<Digest> contents) => column.Earlier.Any(e => e.Contents.Any(contents.Contains));

    private static int X(int column) => Left + (column * Column);

    private static int End(int top, int count) => top + (count * Step) - Step + Height;

    private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
