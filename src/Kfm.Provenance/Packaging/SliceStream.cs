namespace Kfm.Provenance.Packaging;

/// <summary>A part of a <see cref="ByteSource"/> as a stream. The last byte comes by itself, so that one can tell whether a decompressor needed it.</summary>
internal sealed class SliceStream(ByteSource source, long offset, long length) : ReadStream
{
    private long _position;

    /// <summary>Whether everything was asked for.</summary>
    public bool IsSpent => _position == length;

    public override int Read(Span<byte> buffer)
    {
        var left = length - _position;
        var most = left > 1 ? left - 1 : left;
        var count = source.Read(offset + _position, buffer[..(int)Math.Min(buffer.Length, most)]);
        _position += count;
        return count;
    }
}
