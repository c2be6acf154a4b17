using System.Runtime.Versioning;
using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>Unpacks archives into new folders.</summary>
public static class ArchiveExtraction
{
    /// <summary>Writes what an archive holds into a folder; links last, so that nothing is written through one.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">A folder that is empty or not there; nobody else may write to it meanwhile.</param>
    /// <param name="cancellationToken">Stops the writing; what was written stays.</param>
    /// <exception cref="ArgumentException">The folder is not empty.</exception>
    /// <exception cref="ArchiveFormatException">A content is damaged; what was written before stays.</exception>
    /// <exception cref="IOException">Something cannot be written; or two names are one on this file system.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    public static void ExtractTo(this ArchiveReader archive, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var root = Directory.CreateDirectory(folder).FullName;
        if (Directory.EnumerateFileSystemEntries(root).Any())
        {
            throw new ArgumentException($"The folder '{folder}' is not empty.", nameof(folder));
        }

        foreach (var entry in archive.Entries.Where(e => e.Kind != ArchiveEntryKind.Link))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(root, entry.Path);
            if (entry.Kind == ArchiveEntryKind.Folder)
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                WriteFile(archive, entry, path);
            }
        }

        foreach (var link in archive.Entries.Where(e => e.Kind == ArchiveEntryKind.Link))
        {
            var path = Path.Combine(root, link.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.CreateSymbolicLink(path, link.LinkTarget!);
        }
    }

    private static void WriteFile(ArchiveReader archive, ArchiveEntry entry, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode(entry.IsExecutable);
        }

        using var from = archive.OpenRead(entry);
        using var to = new FileStream(path, options);
        from.CopyTo(to, 128 * 1024);
    }

    // The bits of set-user-id and the like in an archive are never followed.
    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode Mode(bool isExecutable)
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return isExecutable ? Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Readable;
    }
}
