using System.Text;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Format;

/// <summary>Writes the tokens and comments of a module line by line.</summary>
internal sealed class LayoutWriter(SourceLayout layout)
{
    private readonly StringBuilder _text = new();
    private readonly Stack<(int Indent, bool IsBody, bool IsBroken)> _open = [];

    internal string Write()
    {
        var lines = new ImportOrder(layout.Module).Sort(new LayoutLines(layout).Read());
        LayoutLine? last = null;
        foreach (var line in lines)
        {
            if (last is not null && (line.AfterBlank || last.EndsSection))
            {
                _text.Append('\n');
            }

            WriteLine(line, last);
            last = line;
        }

        return _text.ToString();
    }

    private void WriteLine(LayoutLine line, LayoutLine? last)
    {
        var first = line.Items[0];
        var indent = first.Closes && _open.Count > 0 ? _open.Peek().Indent - 1 : _open.Count > 0 ? _open.Peek().Indent : 0;
        indent += Continues(first, last) ? 1 : 0;
        _text.Append('\t', indent);
        LayoutItem? before = null;
        LayoutItem? left = null;
        foreach (var item in line.Items)
        {
            var inBody = (left is { Opens: true } || item.Closes) && _open.Count > 0 && _open.Peek().IsBody;
            if (left is not null && Spacing.Between(before, left, item, inBody))
            {
                _text.Append(' ');
            }

            _text.Append(item.Text);
            if (item.Opens)
            {
                _open.Push((indent + 1, layout.Bodies.Contains(item.Start), false));
            }
            else if (item.Closes && _open.Count > 0)
            {
                _open.Pop();
            }

            (before, left) = (left, item);
        }

        _text.Append('\n');
    }

    /// <summary>Whether a line goes on with the expression of the line before it.</summary>
    private static bool Continues(LayoutItem first, LayoutLine? last)
    {
        var end = last?.Items.LastOrDefault(i => !i.IsComment);
        return end is not null && !first.Closes && !first.IsComment && (end.IsOperator || first.IsWord("with") || (first.IsOperator && !first.Is("-")));
    }
}
