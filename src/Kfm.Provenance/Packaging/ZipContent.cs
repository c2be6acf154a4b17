using System.Buffers;
using System.IO.Compression;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>The content of an entry as it stands in a zip.</summary>
internal sealed class ZipContent : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    private ZipContent(Stream bytes, uint crc) => (Bytes, Crc, Size) = (bytes, crc, bytes.Position);

    public Stream Bytes { get; }

    public uint Crc { get; }

    public long Size { get; }

    public static ZipContent OfItem(ArchiveItem item, Stream into, bool isDeflated, PackOptions options)
    {
        try
        {
            return new(into, Copy(item, into, isDeflated, options).Crc);
        }
        catch
        {
            into.Dispose();
            throw;
        }
    }

    /// <summary>Writes a content, deflated or as it is, and tells its sum.</summary>
    /// <exception cref="RegularFileException">It is not as long as it was.</exception>
    public static (uint Crc, long Read) Copy(ArchiveItem item, Stream into, bool isDeflated, PackOptions options)
    {
        using var deflate = isDeflated ? new DeflateStream(into, options.Compression, leaveOpen: true) : null;
        return Copy(item, deflate ?? into, options.CancellationToken);
    }

    /// <summary>Writes a content as it is, and tells its sum.</summary>
    /// <exception cref="RegularFileException">It is not as long as it was.</exception>
    public static (uint Crc, long Read) Copy(ArchiveItem item, Stream to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var from = item.OpenRead();
            var (crc, size) = (0u, 0L);
            for (var count = from.Read(buffer); count > 0; count = from.Read(buffer))
            {
                cancellationToken.ThrowIfCancellationRequested();
                crc = Crc32.Append(crc, buffer.AsSpan(0, count));
                size += count;
                if (size > item.Size)
                {
                    break;
                }

                to.Write(buffer, 0, count);
            }

            return size == item.Size ? (crc, size) : throw new RegularFileException(item.Path, "changed while it was read");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => Bytes.Dispose();
}
