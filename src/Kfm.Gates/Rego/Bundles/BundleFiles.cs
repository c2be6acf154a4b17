using System.Formats.Tar;
using System.IO.Compression;

namespace Kfm.Gates.Rego.Bundles;

/// <summary>Reads the files of a bundle within the limits; paths have forward slashes and stay inside of it.</summary>
internal sealed class BundleFiles(PolicyBundleOptions options)
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private long _bytes;

    internal SortedDictionary<string, byte[]> ReadDirectory(string directory)
    {
        Walk(new DirectoryInfo(directory), "", 0);
        return _files;
    }

    internal SortedDictionary<string, byte[]> ReadArchive(Stream archive)
    {
        try
        {
            using var unpacked = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
            using var tar = new TarReader(unpacked);
            while (tar.GetNextEntry() is { } entry)
            {
                Add(entry);
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException or NotSupportedException or ArgumentException or IOException)
        {
            throw new PolicyBundleFormatException("", $"the archive cannot be read: {e.Message}");
        }

        return _files;
    }

    private void Add(TarEntry entry)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes:
                return;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                Add(Inside(entry.Name), entry.DataStream ?? Stream.Null);
                return;
            default:
                throw new PolicyBundleFormatException(entry.Name, $"a bundle holds files only, not an entry of type {entry.EntryType}");
        }
    }

    private void Walk(DirectoryInfo directory, string prefix, int depth)
    {
        if (depth > 64)
        {
            throw new PolicyBundleFormatException(prefix, "folders are nested deeper than 64 levels");
        }

        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            if (entry.LinkTarget is not null)
            {
                throw new PolicyBundleFormatException(prefix + entry.Name, "a bundle holds files only, not links");
            }

            if (entry is DirectoryInfo child)
            {
                Walk(child, prefix + entry.Name + "/", depth + 1);
                continue;
            }

            using var stream = File.OpenRead(entry.FullName);
            Add(prefix + entry.Name, stream);
        }
    }

    private void Add(string path, Stream content)
    {
        var bytes = ReadAll(path, content);
        _bytes += bytes.Length;
        if (_bytes > options.MaxBytes || _files.Count >= options.MaxFiles)
        {
            throw new PolicyBundleFormatException("", $"the bundle is larger than {options.MaxBytes} bytes or has more than {options.MaxFiles} files");
        }

        if (!_files.TryAdd(path, bytes))
        {
            throw new PolicyBundleFormatException(path, "the file is in the bundle twice");
        }
    }

    /// <summary>What a header says of the size is not believed: the limit holds for what comes.</summary>
    private byte[] ReadAll(string path, Stream content)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            if (copy.Length + read > options.MaxFileBytes)
            {
                throw new PolicyBundleFormatException(path, $"the file is larger than {options.MaxFileBytes} bytes");
            }

            copy.Write(buffer.AsSpan(0, read));
        }

        return copy.ToArray();
    }

    private static string Inside(string name)
    {
        var path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name.TrimStart('/');
        var steps = path.Split('/');
        return path.Contains('\\') || path.Contains('\0') || Array.Exists(steps, s => s is "" or "." or "..")
            ? throw new PolicyBundleFormatException(name, "the name leaves the bundle or is not plain")
            : path;
    }
}
