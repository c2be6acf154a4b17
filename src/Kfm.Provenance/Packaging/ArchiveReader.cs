using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>
/// Reads zip and tar archives strictly. Refused are names that are not plain paths below the root, names that stand twice (also as file and folder),
/// entries below a link, links that lead out, kinds other than file, folder and symbolic link, more content than the limits allow, and everything
/// that two readers may understand differently: bytes before, between and behind the entries, headers that say the same thing in two ways.
/// </summary>
/// <remarks>The list of entries is checked when the archive is opened, contents while they are read. Contents may be read from several threads.</remarks>
public sealed class ArchiveReader : IDisposable
{
    private readonly ByteSource _source;
    private readonly ArchiveReadOptions _options;

    private ArchiveReader(ByteSource source, ArchiveKind kind, List<ArchiveEntry> entries, ArchiveReadOptions options)
    {
        (_source, _options, Kind, Entries) = (source, options, kind, entries);
        EntryRules.Check(entries, options);
    }

    /// <summary>How the archive is put together.</summary>
    public ArchiveKind Kind { get; }

    /// <summary>The entries, in the order of the archive.</summary>
    public IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Opens a file; what it is its first bytes tell.</summary>
    /// <param name="path">The path of the archive. A compressed tar is decompressed into a temporary file when it is large.</param>
    /// <param name="options">Limits; the usual ones when null.</param>
    /// <exception cref="ArchiveFormatException">The archive is refused.</exception>
    /// <exception cref="RegularFileException">No regular file lies there.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ArchiveReader Open(string path, ArchiveReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _ = RegularFile.Exists(path) ? 0 : throw new RegularFileException(path, "is not a regular file");
        return Open(ByteSource.OfFile(File.OpenHandle(path)), options ?? ArchiveReadOptions.Default);
    }

    /// <summary>Opens an archive in memory.</summary>
    /// <param name="archive">The bytes; they must not change meanwhile.</param>
    /// <param name="options">Limits; the usual ones when null.</param>
    /// <exception cref="ArchiveFormatException">The archive is refused.</exception>
    public static ArchiveReader Open(ReadOnlyMemory<byte> archive, ArchiveReadOptions? options = null) =>
        Open(ByteSource.OfMemory(archive), options ?? ArchiveReadOptions.Default);

    /// <summary>Whether a file begins as an archive does that can be read here.</summary>
    /// <param name="path">The path of a regular file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool IsArchive(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!RegularFile.Exists(path))
        {
            return false;
        }

        using var source = ByteSource.OfFile(File.OpenHandle(path));
        return ArchiveSignature.Of(source) is not null;
    }

    /// <summary>Opens the content of a file, or the target of a link, as a stream of UTF-8.</summary>
    /// <param name="entry">An entry of this archive.</param>
    /// <returns>A stream that throws <see cref="ArchiveFormatException"/> where the content is not what the archive says of it.</returns>
    /// <exception cref="ArgumentException">The entry is a folder.</exception>
    public Stream OpenRead(ArchiveEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Kind switch
        {
            ArchiveEntryKind.File => new EntryStream(_source, entry, _options.CancellationToken),
            ArchiveEntryKind.Link => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(entry.LinkTarget!), writable: false),
            _ => throw new ArgumentException("A folder has no content.", nameof(entry)),
        };
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _source.Dispose();

    private static ArchiveReader Open(ByteSource source, ArchiveReadOptions options)
    {
        try
        {
            switch (ArchiveSignature.Of(source))
            {
                case ArchiveKind.Zip:
                    return new(source, ArchiveKind.Zip, ZipDirectory.Read(source, options), options);
                case ArchiveKind.Tar:
                    return new(source, ArchiveKind.Tar, TarDirectory.Read(source, options), options);
                case ArchiveKind.TarGzip:
                    var tar = GzipMember.Decompress(source, options);
                    source.Dispose();
                    source = tar;
                    return ArchiveSignature.Of(source) == ArchiveKind.Tar
                        ? new(source, ArchiveKind.TarGzip, TarDirectory.Read(source, options), options)
                        : throw new ArchiveFormatException("What is compressed by gzip is not a tar.", 0);
                default:
                    throw new ArchiveFormatException("It is neither zip nor tar nor gzip.", 0);
            }
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
