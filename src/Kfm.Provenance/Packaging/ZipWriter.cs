using System.IO.Compression;
using System.Text;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>Writes a zip (APPNOTE 6.3.10): sizes in every local header, no data descriptors, zip64 where it is needed and only there.</summary>
internal sealed class ZipWriter(Stream output, PackOptions options)
{
    private const int BufferBytes = 128 * 1024;

    // What is larger is compressed straight into the archive, alone: several of them in memory would be too much.
    private const long LargestInMemory = 16 << 20;
    private readonly List<ZipWrittenEntry> _written = [];
    private readonly uint _time = DosTime.Write(options.SourceDateEpoch);
    private long _position;

    public void Write(List<ArchiveItem> items)
    {
        var window = new Queue<Task<ZipContent>?>();
        var next = 0;
        for (var i = 0; i < items.Count; i++)
        {
            for (; next < items.Count && window.Count < 2 * options.Workers; next++)
            {
                window.Enqueue(items[next].Size <= LargestInMemory ? Begin(items[next]) : null);
            }

            options.CancellationToken.ThrowIfCancellationRequested();
            if (window.Dequeue() is { } task)
            {
                using var content = task.GetAwaiter().GetResult();
                Write(items[i], content);
            }
            else
            {
                WriteLarge(items[i]);
            }
        }

        WriteDirectory();
    }

    // A task that is waited for before a thread took it up runs on the waiting thread.
    private Task<ZipContent> Begin(ArchiveItem item)
    {
        var task = new Task<ZipContent>(() => ZipContent.OfItem(item, new MemoryStream(), IsDeflated(item), options), options.CancellationToken);
        if (options.Workers == 1)
        {
            task.RunSynchronously(TaskScheduler.Default);
        }
        else
        {
            task.Start(TaskScheduler.Default);
        }

        return task;
    }

    private void Write(ArchiveItem item, ZipContent content)
    {
        var entry = Entry(item, content.Crc, content.Size);
        Emit(entry.LocalHeader());
        content.Bytes.Position = 0;
        content.Bytes.CopyTo(output, BufferBytes);
        _position += content.Size;
        _written.Add(entry);
    }

    private void WriteLarge(ArchiveItem item)
    {
        if (!output.CanSeek)
        {
            using var content = ZipContent.OfItem(item, new FileStream(TemporaryFile.Create(), FileAccess.ReadWrite), IsDeflated(item), options);
            Write(item, content);
            return;
        }

        var start = output.Position;
        var header = Entry(item, 0, 0).LocalHeader();
        output.Write(header);
        var packed = ZipContent.Copy(item, output, IsDeflated(item), options);
        var end = output.Position;
        var entry = Entry(item, packed.Crc, end - start - header.Length);
        output.Position = start;
        output.Write(entry.LocalHeader());
        output.Position = end;
        _position += end - start;
        _written.Add(entry);
    }

    private bool IsDeflated(ArchiveItem item) => item is { Size: > 0, LinkTarget: null } && options.Compression != CompressionLevel.NoCompression;

    private ZipWrittenEntry Entry(ArchiveItem item, uint crc, long compressed) =>
        new(item, Encoding.UTF8.GetBytes(item.Path), _time, crc, compressed, IsDeflated(item), _position);

    private void WriteDirectory()
    {
        var start = _position;
        foreach (var entry in _written)
        {
            Emit(entry.CentralHeader());
        }

        Emit(ZipWrittenEntry.End(_written.Count, start, _position - start));
    }

    private void Emit(byte[] bytes)
    {
        output.Write(bytes);
        _position += bytes.Length;
    }
}
