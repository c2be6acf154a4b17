namespace Kfm.Gates.Scanning;

/// <summary>Where the lines of a text begin.</summary>
internal sealed class LineIndex
{
    private readonly string _text;
    private readonly List<int> _starts = [0];

    public LineIndex(string text)
    {
        _text = text;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            _starts.Add(at + 1);
        }
    }

    /// <summary>The line of a position, from 1.</summary>
    public int Number(int position)
    {
        var found = _starts.BinarySearch(position);
        return found >= 0 ? found + 1 : ~found;
    }

    public int Start(int position) => _starts[Number(position) - 1];

    public ReadOnlySpan<char> LineAt(int position)
    {
        var number = Number(position);
        var end = number < _starts.Count ? _starts[number] : _text.Length;
        return _text.AsSpan(_starts[number - 1], end - _starts[number - 1]);
    }
}
