namespace Kfm.Provenance.Merkle;

/// <summary>Walks the lines of a proof text; every line it hands out was ended by a newline.</summary>
internal ref struct TlogProofLines(string text)
{
    private int _position;
    private int _line;

    /// <summary>What follows the lines read so far.</summary>
    internal readonly string Rest => text[_position..];

    internal ReadOnlySpan<char> Next()
    {
        _line++;
        var rest = text.AsSpan(_position);
        var end = rest.IndexOf('\n');
        if (end < 0)
        {
            throw Wrong("The line is missing, or has no newline at its end.");
        }

        _position += end + 1;
        return rest[..end];
    }

    internal readonly TlogProofFormatException Wrong(string message) => new(message, _line);
}
