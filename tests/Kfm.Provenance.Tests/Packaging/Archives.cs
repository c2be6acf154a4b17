using System.IO.Compression;
using Kfm.Provenance.Packaging;

namespace Kfm.Provenance.Tests.Packaging;

/// <summary>Archives for the tests of this folder.</summary>
internal static class Archives
{
    public static byte[] Write(ArchiveKind kind, PackOptions? options, params IEnumerable<ArchiveItem> items)
    {
        using var stream = new MemoryStream();
        ArchiveWriter.Write(stream, kind, items, options);
        return stream.ToArray();
    }

    public static byte[] Write(ArchiveKind kind, params IEnumerable<ArchiveItem> items) => Write(kind, null, items);

    /// <summary>A file that the given number of letters makes.</summary>
    public static ArchiveItem File(string path, string text = "", bool isExecutable = false) =>
        ArchiveItem.OfBytes(path, System.Text.Encoding.UTF8.GetBytes(text), isExecutable);

    /// <summary>A zip as the platform writes it, which is not strict about names.</summary>
    public static byte[] PlatformZip(CompressionLevel level, params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var content = zip.CreateEntry(name, level).Open();
                content.Write(System.Text.Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    /// <summary>Replaces every place of some bytes by others of the same length.</summary>
    public static byte[] Replace(byte[] archive, ReadOnlySpan<byte> what, ReadOnlySpan<byte> with, int? only = null)
    {
        var changed = archive.ToArray();
        var found = 0;
        for (var at = changed.AsSpan().IndexOf(what); at >= 0; found++)
        {
            if (only is null || only == found)
            {
                with.CopyTo(changed.AsSpan(at));
            }

            var next = changed.AsSpan(at + 1).IndexOf(what);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return found > 0 ? changed : throw new InvalidOperationException("The bytes are not there.");
    }
}
