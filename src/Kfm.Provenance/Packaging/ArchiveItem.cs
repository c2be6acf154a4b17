using System.Text;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>A file or link that goes into an archive.</summary>
public sealed class ArchiveItem
{
    private readonly Func<Stream> _open;

    private ArchiveItem(string path, long size, Func<Stream> open) => (Path, Size, _open) = (RelativePath.Require(path), size, open);

    /// <summary>The path below the root (<see cref="RelativePath"/>).</summary>
    public string Path { get; }

    /// <summary>The length of the content in bytes; of a link, of the UTF-8 form of its target.</summary>
    public long Size { get; }

    /// <summary>Whether the owner may execute the file.</summary>
    public bool IsExecutable { get; private init; }

    /// <summary>What a symbolic link names; null for a file.</summary>
    public string? LinkTarget { get; private init; }

    /// <summary>A file whose content is at hand.</summary>
    /// <param name="path">The path in the archive.</param>
    /// <param name="content">The content; it must not change meanwhile.</param>
    /// <param name="isExecutable">Whether the owner may execute it.</param>
    /// <exception cref="RelativePathException">The path is not valid.</exception>
    public static ArchiveItem OfBytes(string path, byte[] content, bool isExecutable = false)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new(path, content.Length, () => new MemoryStream(content, writable: false)) { IsExecutable = isExecutable };
    }

    /// <summary>A symbolic link.</summary>
    /// <param name="path">The path in the archive.</param>
    /// <param name="target">What it names.</param>
    /// <exception cref="RelativePathException">The path is not valid.</exception>
    public static ArchiveItem OfLink(string path, string target)
    {
        var bytes = Encoding.UTF8.GetBytes(target);
        return new(path, bytes.Length, () => new MemoryStream(bytes, writable: false)) { LinkTarget = target };
    }

    /// <summary>A file or link of a folder.</summary>
    /// <param name="path">The path in the archive.</param>
    /// <param name="file">Where the file lies; it must not change meanwhile.</param>
    /// <exception cref="RelativePathException">The path is not valid.</exception>
    /// <exception cref="RegularFileException">What lies there is neither a file nor a link.</exception>
    public static ArchiveItem OfFile(string path, string file)
    {
        var info = new FileInfo(file);
        if (info.LinkTarget is { } target)
        {
            return OfLink(path, target);
        }

        if (!RegularFile.Exists(file))
        {
            throw new RegularFileException(file, "is not a regular file");
        }

        var isExecutable = !OperatingSystem.IsWindows() && info.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
        return new(path, info.Length, () => RegularFile.OpenRead(file)) { IsExecutable = isExecutable };
    }

    /// <summary>A file or link of another archive, which stays open as long as the item is used.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="entry">An entry of it that is not a folder.</param>
    /// <param name="path">The path in the new archive; that of the entry when null.</param>
    /// <exception cref="ArgumentException">The entry is a folder.</exception>
    public static ArchiveItem OfEntry(ArchiveReader archive, ArchiveEntry entry, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Kind switch
        {
            ArchiveEntryKind.Link => OfLink(path ?? entry.Path, entry.LinkTarget!),
            ArchiveEntryKind.File => new(path ?? entry.Path, entry.Size, () => archive.OpenRead(entry)) { IsExecutable = entry.IsExecutable },
            _ => throw new ArgumentException("A folder has no content.", nameof(entry)),
        };
    }

    /// <summary>The files and links of a folder, sorted; empty folders are not told.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="ignore">What is left out; nothing when null.</param>
    /// <exception cref="RelativePathException">A name cannot stand in an archive.</exception>
    /// <exception cref="RegularFileException">A pipe, socket or device lies in the folder.</exception>
    /// <exception cref="IOException">Something in the folder cannot be read.</exception>
    public static IReadOnlyList<ArchiveItem> OfDirectory(string root, IgnoreRules? ignore = null) =>
        [.. TreeFile.Below(root, PathRules.Portable, ignore).Select(f => OfFile(f.Path, f.FullPath))];

    /// <summary>Opens the content, or the target of a link in UTF-8.</summary>
    public Stream OpenRead() => _open();

    internal ArchiveItem Named(string path) => new(path, Size, _open) { IsExecutable = IsExecutable, LinkTarget = LinkTarget };

    /// <summary>Reads the content; for small files only.</summary>
    internal byte[] ReadAll()
    {
        using var stream = OpenRead();
        var bytes = new byte[Size];
        stream.ReadExactly(bytes);
        _ = stream.Read(new byte[1]);
        return bytes;
    }
}
