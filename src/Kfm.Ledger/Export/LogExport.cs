using System.IO.Compression;
using System.Text;
using Kfm.Ledger.Checkpoints;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Packaging;

namespace Kfm.Ledger.Export;

/// <summary>
/// Writes a log as the files of C2SP tlog-tiles: <c>checkpoint</c>, <c>tile/…</c> and <c>tile/entries/…</c>, all that a tree of one size has and nothing
/// else. One log and one size give the same bytes every time. Any client of tlog-tiles reads it, from a file system or a server of static files.
/// </summary>
/// <remarks>Bundles of entries that were pruned are left out; all tiles are there.</remarks>
public static class LogExport
{
    internal const string CheckpointName = "checkpoint";

    /// <summary>Writes a log into a folder.</summary>
    /// <param name="log">The log.</param>
    /// <param name="folder">A folder that is empty or not there.</param>
    /// <param name="size">The size to write; null for the present one. Its checkpoint is signed if it is not kept.</param>
    /// <param name="cancellationToken">Stops the writing; what was written stays.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="LedgerException">The store cannot be read, or the folder cannot be written.</exception>
    /// <exception cref="ArgumentException">The folder holds something.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The log is smaller.</exception>
    /// <exception cref="InvalidOperationException">The log was opened without a key, and no checkpoint of this size is kept.</exception>
    public static string ToDirectory(TransparencyLog log, string folder, long? size = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var note = log.CheckpointAt(size);
        var tree = (long)StoredCheckpoint.Parse(note, "The checkpoint").Size;
        try
        {
            Directory.CreateDirectory(folder);
            if (Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new ArgumentException("The folder is not empty.", nameof(folder));
            }

            foreach (var (path, content) in Files(log.Store, tree))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(folder, path, content);
            }

            // Last, so that a folder with a checkpoint has all that it leads to.
            Write(folder, CheckpointName, Encoding.UTF8.GetBytes(note));
            return note;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{folder}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes a log into a zip. Entries are stored, not compressed, so that the bytes depend on nothing but the log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="path">The path of the zip; a file that is there is replaced.</param>
    /// <param name="size">The size to write; null for the present one.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>The checkpoint.</returns>
    /// <inheritdoc cref="ToDirectory" path="/exception"/>
    public static string ToZip(TransparencyLog log, string path, long? size = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = path + ".files";
        try
        {
            var note = ToDirectory(log, folder, size, cancellationToken);
            using (var zip = new FileStream(path + ".new", FileMode.Create, FileAccess.ReadWrite))
            {
                ArchiveWriter.WriteDirectory(zip, ArchiveKind.Zip, folder, new PackOptions { Compression = CompressionLevel.NoCompression, CancellationToken = cancellationToken });
            }

            File.Move(path + ".new", path, overwrite: true);
            return note;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(LedgerFault.Storage, $"'{path}' cannot be written: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>The tiles of a tree: level, number and width of each, full or partial (C2SP tlog-tiles, partial tiles).</summary>
    internal static IEnumerable<(Tile Tile, int Width)> Tiles(long size)
    {
        for (var (level, rest) = (0, size); rest > 0; level++, rest >>= Tile.Height)
        {
            for (var number = 0L; number * Tile.Width < rest; number++)
            {
                yield return (new Tile(level, (ulong)number), (int)Math.Min(Tile.Width, rest - (number * Tile.Width)));
            }
        }
    }

    private static IEnumerable<(string Path, byte[] Content)> Files(ILogStore store, long size)
    {
        foreach (var (tile, width) in Tiles(size))
        {
            var hashes = store.Tile(tile);
            yield return hashes.Length >= width * MerkleHash.Size
                ? (TilePath.Of(tile, width), hashes[..(width * MerkleHash.Size)].ToArray())
                : throw new LedgerException(LedgerFault.Damaged, $"{TilePath.Of(tile, width)} is missing or too short in the store; run a check of the log.");
        }

        for (var first = store.MinimumIndex(); first < size; first += Tile.Width)
        {
            var width = (int)Math.Min(Tile.Width, size - first);
            yield return (TilePath.OfEntries((ulong)first / Tile.Width, width), EntryBundle.Write([.. store.Entries(first, width).Select(e => e.Bytes)]));
        }
    }

    private static void Write(string folder, string path, byte[] content)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}
