using Kfm.Provenance;
using Kfm.Provenance.Packaging;

namespace Kfm.Ledger.Export;

/// <summary>The files of an export, from a folder or a zip. Links are never followed.</summary>
internal sealed class ExportSource : IDisposable
{
    // An entry bundle: 256 entries of 65,535 bytes and their lengths.
    private const int MaxFileBytes = 256 * (65_535 + 2);
    private const int MaxFiles = 20_000_000;
    private readonly Dictionary<string, Func<Stream>> _files = new(StringComparer.Ordinal);
    private readonly ArchiveReader? _archive;

    internal ExportSource(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                ReadFolder(path);
                return;
            }

            _archive = ArchiveReader.Open(path, new ArchiveReadOptions { MaxEntries = MaxFiles, MaxTotalBytes = long.MaxValue });
            foreach (var entry in _archive.Entries)
            {
                _files.Add(entry.Path, entry.Kind == ArchiveEntryKind.File ? () => _archive.OpenRead(entry) : throw new LogExportFormatException("It is not a file.", entry.Path));
            }
        }
        catch (Exception e) when (IsReading(e))
        {
            _archive?.Dispose();
            throw new LogExportFormatException($"'{path}' cannot be read: {e.Message}", null, e);
        }
    }

    /// <summary>The paths of the files, with <c>/</c>.</summary>
    internal IReadOnlyCollection<string> Paths => _files.Keys;

    internal byte[] Read(string path)
    {
        if (!_files.TryGetValue(path, out var open))
        {
            throw new LogExportFormatException("It is missing.", path);
        }

        try
        {
            using var stream = open();
            using var content = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                content.Write(buffer, 0, read);
                if (content.Length > MaxFileBytes)
                {
                    throw new LogExportFormatException($"It has more than {MaxFileBytes} bytes, more than any file of a log.", path);
                }
            }

            return content.ToArray();
        }
        catch (Exception e) when (IsReading(e))
        {
            throw new LogExportFormatException("It cannot be read: " + e.Message, path, e);
        }
    }

    public void Dispose() => _archive?.Dispose();

    private static bool IsReading(Exception e) => e is IOException or UnauthorizedAccessException or KfmException and not LogExportFormatException;

    private void ReadFolder(string folder)
    {
        var pending = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (pending.TryPop(out var directory))
        {
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                var path = Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if (entry.LinkTarget is not null || _files.Count >= MaxFiles)
                {
                    throw new LogExportFormatException("It is a link, or one file too many.", path);
                }

                if (entry is DirectoryInfo below)
                {
                    pending.Push(below);
                }
                else
                {
                    _files.Add(path, () => new FileStream(entry.FullName, FileMode.Open, FileAccess.Read, FileShare.Read));
                }
            }
        }
    }
}
