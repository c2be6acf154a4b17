namespace Kfm.Provenance.Json;

internal ref partial struct CanonicalTape
{
    /// <summary>Writes the canonical form.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public readonly void Write(Span<byte> destination)
    {
        var at = 0;
        WriteValue(0, destination, ref at);
    }

    // Recursion is bounded: the reader refuses more than MaxDepth levels.
    private readonly void WriteValue(int index, Span<byte> destination, ref int at)
    {
        ref readonly var entry = ref _entries[index];
        switch (entry.Kind)
        {
            case TapeKind.Raw:
                Copy(_source.Slice(entry.Start, entry.Length), destination, ref at);
                break;
            case TapeKind.Side:
                Copy(_side.AsSpan(entry.Start, entry.Length), destination, ref at);
                break;
            case TapeKind.Array:
                WriteArray(index, destination, ref at);
                break;
            default:
                WriteObject(index, destination, ref at);
                break;
        }
    }

    private readonly void WriteArray(int index, Span<byte> destination, ref int at)
    {
        var end = _entries[index].Length;
        destination[at++] = (byte)'[';
        for (var item = index + 1; item < end; item = After(item))
        {
            if (item > index + 1)
            {
                destination[at++] = (byte)',';
            }

            WriteValue(item, destination, ref at);
        }

        destination[at++] = (byte)']';
    }

    private readonly void WriteObject(int index, Span<byte> destination, ref int at)
    {
        var first = _entries[index].Link;
        destination[at++] = (byte)'{';
        for (var name = first; name != 0; name = _entries[name].Link)
        {
            if (name != first)
            {
                destination[at++] = (byte)',';
            }

            Copy(QuotedName(name), destination, ref at);
            destination[at++] = (byte)':';
            WriteValue(name + 1, destination, ref at);
        }

        destination[at++] = (byte)'}';
    }

    private readonly ReadOnlySpan<byte> QuotedName(int name)
    {
        ref readonly var entry = ref _entries[name];
        return entry.Kind == TapeKind.Name
            ? _source.Slice(entry.Start, entry.Length)
            : _side.AsSpan(entry.Start + NameHeader + EscapedTextLength(entry), entry.Length);
    }

    private static void Copy(ReadOnlySpan<byte> bytes, Span<byte> destination, ref int at)
    {
        bytes.CopyTo(destination[at..]);
        at += bytes.Length;
    }
}
