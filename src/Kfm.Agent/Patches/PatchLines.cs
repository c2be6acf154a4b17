namespace Kfm.Agent.Patches;

/// <summary>The lines of a patch, one at a time.</summary>
internal sealed class PatchLines(ReadOnlyMemory<byte> bytes)
{
    private int _start;

    /// <summary>The number of the current line, from 1.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>Whether all lines are read.</summary>
    public bool AtEnd => _start == bytes.Length;

    /// <summary>The current line without its newline.</summary>
    public ReadOnlySpan<byte> Current
    {
        get
        {
            var rest = bytes.Span[_start..];
            var end = rest.IndexOf((byte)'\n');
            return end < 0 ? rest : rest[..end];
        }
    }

    /// <summary>The current line with its newline, as it lies in the patch.</summary>
    public ReadOnlyMemory<byte> CurrentMemory => bytes.Slice(_start, Math.Min(Current.Length + 1, bytes.Length - _start));

    /// <summary>Goes to the next line.</summary>
    public void Next()
    {
        _start += CurrentMemory.Length;
        Number++;
    }

    /// <summary>Goes past the current line when it starts with a text.</summary>
    /// <returns>Whether it does; then <paramref name="rest"/> is what follows on the line.</returns>
    public bool TryTake(ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (AtEnd || !Current.StartsWith(prefix))
        {
            return false;
        }

        rest = Current[prefix.Length..];
        Next();
        return true;
    }

    /// <summary>An error at the current line.</summary>
    public PatchFormatException Error(string message) => new(message, Number);
}
