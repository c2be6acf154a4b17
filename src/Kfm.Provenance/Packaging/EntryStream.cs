using System.IO.Compression;

namespace Kfm.Provenance.Packaging;

/// <summary>
/// The content of an entry, checked while it is read: exactly as long as the archive says, with the sum that it says, and made of all the bytes
/// that it says and no other.
/// </summary>
internal sealed class EntryStream : ReadStream
{
    private readonly ArchiveEntry _entry;
    private readonly SliceStream _slice;
    private readonly Stream _content;
    private readonly CancellationToken _cancellationToken;
    private long _left;
    private uint _crc;

    public EntryStream(ByteSource source, ArchiveEntry entry, CancellationToken cancellationToken)
    {
        (_entry, _left, _cancellationToken) = (entry, entry.Size, cancellationToken);
        _slice = new(source, entry.DataOffset, entry.CompressedSize);
        _content = entry.IsDeflated ? new DeflateStream(_slice, CompressionMode.Decompress) : _slice;
    }

    public override int Read(Span<byte> buffer)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_left == 0 || buffer.IsEmpty)
        {
            return _left == 0 ? Ended() : 0;
        }

        var count = Next(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (count == 0)
        {
            throw Fault($"{_left} bytes are missing at the end of the content.");
        }

        _left -= count;
        _crc = _entry.Crc is null ? 0 : Crc32.Append(_crc, buffer[..count]);
        return _left > 0 ? count : count + Ended();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Next(Span<byte> buffer)
    {
        try
        {
            return _content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Fault("The content does not decompress.", e);
        }
    }

    private int Ended()
    {
        Span<byte> more = stackalloc byte[1];
        if (Next(more) != 0 || !_slice.IsSpent)
        {
            throw Fault("The compressed content goes on behind its end.");
        }

        return _entry.Crc is null || _entry.Crc == _crc ? 0 : throw Fault("The sum (CRC-32) of the content is not the one that the archive tells.");
    }

    private ArchiveFormatException Fault(string message, Exception? inner = null) => new(message, _entry.Offset, _entry.Path, inner);
}
