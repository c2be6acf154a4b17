using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Kfm.Provenance.Packaging;

/// <summary>A gzip file of one member (RFC 1952). Several members are refused: some readers stop behind the first.</summary>
internal static class GzipMember
{
    private const int TrailerBytes = 8;
    private const int MemoryBytes = 64 << 20;
    private const byte HasCrc = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;

    public static ReadOnlySpan<byte> Signature => [0x1F, 0x8B, 0x08];

    /// <summary>Decompresses, into memory or, when it is large, into a temporary file that goes when the source is closed.</summary>
    /// <exception cref="ArchiveFormatException">It is refused.</exception>
    public static ByteSource Decompress(ByteSource source, ArchiveReadOptions options)
    {
        var memory = new MemoryStream();
        SafeFileHandle? file = null;
        var length = 0L;
        try
        {
            foreach (var piece in Pieces(source, DataOffset(source), options))
            {
                if (file is null && length + piece.Count > MemoryBytes)
                {
                    file = TemporaryFile.Create();
                    RandomAccess.Write(file, memory.GetBuffer().AsSpan(0, (int)length), 0);
                    memory = new MemoryStream();
                }

                if (file is null)
                {
                    memory.Write(piece);
                }
                else
                {
                    RandomAccess.Write(file, piece, length);
                }

                length += piece.Count;
            }
        }
        catch
        {
            file?.Dispose();
            throw;
        }

        return file is null ? ByteSource.OfMemory(memory.GetBuffer().AsMemory(0, (int)length)) : ByteSource.OfFile(file);
    }

    /// <summary>The bytes of the header: what two compressed files may differ in without differing in content.</summary>
    public static byte[] Header(ByteSource source)
    {
        var header = new byte[(int)DataOffset(source)];
        source.ReadExactly(0, header, "the gzip header");
        return header;
    }

    private static IEnumerable<ArraySegment<byte>> Pieces(ByteSource source, long start, ArchiveReadOptions options)
    {
        var slice = new SliceStream(source, start, source.Length - start - TrailerBytes);
        using var inflate = new DeflateStream(slice, CompressionMode.Decompress);
        var buffer = new byte[128 * 1024];
        var (size, crc) = (0L, 0u);
        for (var count = Inflate(inflate, buffer, start); count > 0; count = Inflate(inflate, buffer, start))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            size += count;
            crc = Crc32.Append(crc, buffer.AsSpan(0, count));
            if (size > options.MaxTotalBytes || options.IsBomb(size, source.Length))
            {
                throw new ArchiveFormatException(FormattableString.Invariant($"It decompresses to more than {options.MaxTotalBytes} bytes or {options.MaxRatio} times its size."), start);
            }

            yield return new(buffer, 0, count);
        }

        CheckTrailer(source, slice.IsSpent, size, crc);
    }

    private static void CheckTrailer(ByteSource source, bool isSpent, long size, uint crc)
    {
        var trailer = new byte[TrailerBytes];
        source.ReadExactly(source.Length - TrailerBytes, trailer, "the gzip trailer");
        if (!isSpent || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != crc || BinaryPrimitives.ReadUInt32LittleEndian(trailer.AsSpan(4)) != (uint)size)
        {
            throw new ArchiveFormatException("The sum or the size at the end is not that of the content; or another member or other bytes follow the first.", source.Length - TrailerBytes);
        }
    }

    private static int Inflate(DeflateStream stream, byte[] buffer, long start)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new ArchiveFormatException("It does not decompress.", start, innerException: e);
        }
    }

    private static long DataOffset(ByteSource source)
    {
        Span<byte> head = stackalloc byte[10];
        source.ReadExactly(0, head, "the gzip header");
        var flags = head[3];
        var at = 10L;
        if (!head.StartsWith(Signature) || (flags & 0xE0) != 0)
        {
            throw new ArchiveFormatException("It is not gzip with deflate, or has flags that are not defined.", 0);
        }

        if ((flags & HasExtra) != 0)
        {
            Span<byte> length = stackalloc byte[2];
            source.ReadExactly(at, length, "the gzip header");
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(length);
        }

        at = (flags & HasName) != 0 ? AfterNul(source, at) : at;
        at = (flags & HasComment) != 0 ? AfterNul(source, at) : at;
        at += (flags & HasCrc) != 0 ? 2 : 0;
        return at <= source.Length - TrailerBytes ? at : throw new ArchiveFormatException("It ends inside of the gzip header.", at);
    }

    private static long AfterNul(ByteSource source, long at)
    {
        Span<byte> bytes = stackalloc byte[256];
        for (var limit = at + ushort.MaxValue; at < limit;)
        {
            var count = source.Read(at, bytes);
            if (count == 0)
            {
                break;
            }

            var nul = bytes[..count].IndexOf((byte)0);
            if (nul >= 0)
            {
                return at + nul + 1;
            }

            at += count;
        }

        throw new ArchiveFormatException("A text of the gzip header does not end.", at);
    }
}
