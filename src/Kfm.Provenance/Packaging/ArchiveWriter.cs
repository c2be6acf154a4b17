using Kfm.Provenance.Manifests;

namespace Kfm.Provenance.Packaging;

/// <summary>
/// Writes archives that tell nothing but their content: entries sorted by the UTF-8 bytes of the path, one time for all, modes 0644 and 0755, no owner,
/// no folders, no comments.
/// </summary>
public static class ArchiveWriter
{
    /// <summary>Writes an archive.</summary>
    /// <param name="output">Where it goes, from the present position on. A zip into a stream that cannot seek needs temporary files for entries above 16 MiB.</param>
    /// <param name="kind">The kind of archive.</param>
    /// <param name="items">What goes into it, in any order.</param>
    /// <param name="options">How it is written; the defaults when null.</param>
    /// <exception cref="ArgumentException">Two items have one path, or one lies below another; or a link leads out.</exception>
    /// <exception cref="RegularFileException">A file changed while it was read.</exception>
    /// <exception cref="ArchiveFormatException">An item comes from a damaged archive.</exception>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The writing was stopped.</exception>
    public static void Write(Stream output, ArchiveKind kind, IEnumerable<ArchiveItem> items, PackOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        WriteInOrder(output, kind, [.. items.OrderBy(i => i.Path, PathOrder.Instance)], options ?? PackOptions.Default);
    }

    /// <summary>Writes what lies in a folder.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="kind">The kind of archive.</param>
    /// <param name="root">The folder; empty folders in it are not written.</param>
    /// <param name="options">How it is written; the defaults when null.</param>
    /// <inheritdoc cref="Write" path="/exception"/>
    /// <exception cref="RelativePathException">A name cannot stand in an archive.</exception>
    public static void WriteDirectory(Stream output, ArchiveKind kind, string root, PackOptions? options = null) =>
        Write(output, kind, ArchiveItem.OfDirectory(root), options);

    /// <summary>Writes an archive whose order matters to its readers.</summary>
    internal static void WriteInOrder(Stream output, ArchiveKind kind, List<ArchiveItem> items, PackOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        CheckItems(items);
        switch (kind)
        {
            case ArchiveKind.Zip:
                new ZipWriter(output, options).Write(items);
                break;
            case ArchiveKind.Tar:
                new TarWriter(output, options).Write(items);
                break;
            case ArchiveKind.TarGzip:
                using (var gzip = new GzipWriteStream(output, options.Compression))
                {
                    new TarWriter(gzip, options).Write(items);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    // What is written here must be readable here.
    private static void CheckItems(List<ArchiveItem> items)
    {
        var entries = items.ConvertAll(i => new ArchiveEntry(i.Path, i.LinkTarget is null ? ArchiveEntryKind.File : ArchiveEntryKind.Link, 0, 0) { LinkTarget = i.LinkTarget });
        try
        {
            EntryRules.Check(entries, ArchiveReadOptions.Default);
        }
        catch (ArchiveFormatException e)
        {
            throw new ArgumentException($"The item '{e.Entry}' cannot go into the archive: {e.Message}", nameof(items), e);
        }
    }
}
