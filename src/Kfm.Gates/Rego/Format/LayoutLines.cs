using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Format;

/// <summary>Cuts a module into the lines that it is to have: those of the source, and one for each expression of a body of several.</summary>
internal sealed class LayoutLines(SourceLayout layout)
{
    private readonly List<LayoutLine> _lines = [];
    private readonly Stack<bool> _broken = [];
    private List<LayoutItem> _line = [];
    private bool _blank;

    internal List<LayoutLine> Read()
    {
        var items = Items();
        var breaks = Breaks(items);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var last = i > 0 ? items[i - 1] : null;
            if (last is not null && (item.Row > last.LastRow || breaks.Contains(i)))
            {
                End(item.Row > last.LastRow + 1);
            }

            _line.Add(item);
        }

        End(false);
        return _lines;
    }

    private void End(bool blank)
    {
        // A semicolon at the end of a line separates what the line break separates too.
        while (_line.Count > 0 && _line[^1].Is(";"))
        {
            _line.RemoveAt(_line.Count - 1);
        }

        if (_line.Count > 0)
        {
            var inside = _lines.Count > 0 && (_lines[^1].Items[^1].Opens || _line[0].Closes);
            _lines.Add(new LayoutLine(_line, _blank && !inside));
            _blank = false;
        }

        _line = [];
        _blank |= blank;
    }

    private List<LayoutItem> Items()
    {
        var starts = LineStarts();
        var tokens = layout.Tokens.Where(t => t.Kind != TokenKind.Eof).Select(t => new LayoutItem(
            layout.Source[t.Start..t.End], t.Location.Row, t.Location.Row + layout.Source.AsSpan(t.Start, t.End - t.Start).Count('\n'), t.Start, t));
        var comments = layout.Module.Comments.Select(c => new LayoutItem(
            "#" + c.Text.TrimEnd(), c.Location.Row, c.Location.Row, starts[c.Location.Row - 1] + c.Location.Col - 1, null));
        return [.. tokens.Concat(comments).OrderBy(i => i.Row).ThenBy(i => i.IsComment).ThenBy(i => i.Start)];
    }

    private List<int> LineStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < layout.Source.Length; i++)
        {
            if (layout.Source[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        return starts;
    }

    /// <summary>Where lines must begin: at each expression of a body that has several, and at the brace that ends it.</summary>
    private HashSet<int> Breaks(List<LayoutItem> items)
    {
        var breaks = new HashSet<int>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Opens)
            {
                _broken.Push(layout.Bodies.Contains(items[i].Start) && HasSeveral(items, i));
                if (_broken.Peek())
                {
                    breaks.Add(i + 1);
                }
            }
            else if (items[i].Closes && _broken.Count > 0)
            {
                if (_broken.Pop())
                {
                    breaks.Add(i);
                }
            }
            else if (items[i].Is(";") && _broken.TryPeek(out var broken) && broken && i + 1 < items.Count && !items[i + 1].IsComment)
            {
                breaks.Add(i + 1);
            }
        }

        return breaks;
    }

    /// <summary>Whether a body has a semicolon of its own or is laid over several lines.</summary>
    private static bool HasSeveral(List<LayoutItem> items, int open)
    {
        var depth = 0;
        for (var i = open; i < items.Count; i++)
        {
            depth += items[i].Opens ? 1 : items[i].Closes ? -1 : 0;
            if (depth == 0)
            {
                return items[i].Row > items[open].Row;
            }

            if (depth == 1 && items[i].Is(";"))
            {
                return true;
            }
        }

        return false;
    }
}
