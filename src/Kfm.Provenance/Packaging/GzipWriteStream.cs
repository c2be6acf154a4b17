using System.Buffers.Binary;
using System.IO.Compression;

namespace Kfm.Provenance.Packaging;

/// <summary>
/// Compresses into a gzip file (RFC 1952) whose header tells neither name nor time nor system. GZipStream writes the operating system that it runs on.
/// </summary>
internal sealed class GzipWriteStream : Stream
{
    private readonly Stream _output;
    private readonly CompressionLevel _level;
    private DeflateStream? _deflate;
    private uint _crc;
    private uint _size;

    public GzipWriteStream(Stream output, CompressionLevel level)
    {
        _output = output;
        _level = level;
        _output.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        _deflate ??= new(_output, _level, leaveOpen: true);
        _deflate.Write(buffer);
        _crc = Crc32.Append(_crc, buffer);
        _size += (uint)buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _deflate?.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (_deflate is null)
            {
                // An empty block: not every version of .NET writes one for nothing.
                _output.Write([3, 0]);
            }

            _deflate?.Dispose();

            Span<byte> trailer = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc);
            BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _size);
            _output.Write(trailer);
        }

        base.Dispose(disposing);
    }
}
