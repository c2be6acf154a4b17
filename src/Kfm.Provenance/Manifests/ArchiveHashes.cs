using System.Runtime.ExceptionServices;
using Kfm.Provenance.Packaging;

namespace Kfm.Provenance.Manifests;

/// <summary>Hashes the files and link targets of an archive, several at once.</summary>
internal static class ArchiveHashes
{
    /// <returns>Path and hash, sorted by the UTF-8 bytes of the path.</returns>
    public static List<KeyValuePair<string, FileHash>> Of(ArchiveReader archive, ManifestOptions options, Func<FileHasher> create)
    {
        ArgumentNullException.ThrowIfNull(archive);
        List<ArchiveEntry> entries =
        [
            .. archive.Entries.Where(e => e.Kind != ArchiveEntryKind.Folder && !(options.Ignore?.IsIgnored(e.Path) ?? false)).OrderBy(e => e.Path, PathOrder.Instance),
        ];
        var hashes = new KeyValuePair<string, FileHash>[entries.Count];
        try
        {
            Parallel.For(
                0,
                entries.Count,
                new() { MaxDegreeOfParallelism = options.Workers, CancellationToken = options.CancellationToken },
                create,
                (i, _, hasher) =>
                {
                    hashes[i] = new(entries[i].Path, Hash(archive, entries[i], hasher, options.CancellationToken));
                    return hasher;
                },
                hasher => hasher.Dispose());
        }
        catch (AggregateException e)
        {
            // Which of several damaged entries is found first depends on the threads; one of them is told.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return [.. hashes];
    }

    private static FileHash Hash(ArchiveReader archive, ArchiveEntry entry, FileHasher hasher, CancellationToken cancellationToken)
    {
        using var content = archive.OpenRead(entry);
        var size = entry.LinkTarget is null ? entry.Size : content.Length;
        return new(size, hasher.Hash(content, size, cancellationToken), entry.IsExecutable, entry.LinkTarget);
    }
}
