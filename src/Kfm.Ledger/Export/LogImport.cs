using System.Text;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Export;

/// <summary>Reads the files of a log (C2SP tlog-tiles), and believes none before all of them fit a checkpoint that the caller's keys signed.</summary>
public static class LogImport
{
    private const int Batch = 64;

    /// <summary>Checks an export: the signature of its checkpoint, every entry against the root, every tile against the entries, and that nothing else is there.</summary>
    /// <param name="path">The folder, or a zip.</param>
    /// <param name="origin">The log that it must be of.</param>
    /// <param name="verifiers">The keys of the log that the caller trusts; at least one.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="LogExportFormatException">Something is missing, superfluous, or does not fit.</exception>
    /// <exception cref="ArgumentException">No key is given.</exception>
    public static Checkpoint Verify(string path, string origin, IReadOnlyCollection<NoteVerifier> verifiers, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var source = new ExportSource(path);
        return Check(source, origin, verifiers, cancellationToken).Checkpoint;
    }

    /// <summary>Imports an export into an empty log of the same origin. Everything is checked before the first entry is appended.</summary>
    /// <param name="log">An empty log.</param>
    /// <param name="path">The folder, or a zip; it must not change meanwhile, which is checked too.</param>
    /// <param name="verifiers">The keys of the log that the caller trusts; at least one.</param>
    /// <param name="now">The present time, for showing when the checkpoint came into the log.</param>
    /// <param name="cancellationToken">Stops the import; what was appended stays.</param>
    /// <returns>The checkpoint, which the log keeps from here on.</returns>
    /// <exception cref="LogExportFormatException">Something is missing, superfluous, or does not fit; or the export is of a pruned log.</exception>
    /// <exception cref="LedgerException">The store cannot be written.</exception>
    /// <exception cref="ArgumentException">The log is not empty, or no key is given.</exception>
    public static Checkpoint Into(
        TransparencyLog log, string path, IReadOnlyCollection<NoteVerifier> verifiers, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (log.Size != 0)
        {
            throw new ArgumentException("The log is not empty.", nameof(log));
        }

        using var source = new ExportSource(path);
        var (checkpoint, note, leaves) = Check(source, log.Origin, verifiers, cancellationToken);
        var size = (long)checkpoint.Size;
        for (var first = 0L; first < size; first += Batch * Tile.Width)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entries = new List<LogLeaf>();
            for (var start = first; start < Math.Min(size, first + (Batch * Tile.Width)); start += Tile.Width)
            {
                entries.AddRange(Bundle(source, start, size).Select(bytes => Leaf(log.Content, bytes, start)));
            }

            Append(log, entries, leaves, first);
        }

        log.Store.KeepCheckpoint(size, note, now);
        return checkpoint;
    }

    private static (Checkpoint Checkpoint, string Note, List<MerkleHash> Leaves) Check(
        ExportSource source, string origin, IReadOnlyCollection<NoteVerifier> verifiers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verifiers);
        if (verifiers.Count == 0)
        {
            throw new ArgumentException("An export proves nothing without a key to verify it.", nameof(verifiers));
        }

        var (checkpoint, note) = ReadCheckpoint(source, origin, verifiers);
        var expected = new HashSet<string>(StringComparer.Ordinal) { LogExport.CheckpointName };
        var size = (long)checkpoint.Size;
        var leaves = new List<MerkleHash>();
        for (var first = 0L; first < size; first += Tile.Width)
        {
            cancellationToken.ThrowIfCancellationRequested();
            expected.Add(BundlePath(first, size));
            leaves.AddRange(Bundle(source, first, size).Select(bytes => MerkleHash.Leaf(bytes.Span)));
        }

        CheckTiles(source, leaves, checkpoint.Root, expected);
        return source.Paths.FirstOrDefault(p => !expected.Contains(p)) is { } other
            ? throw new LogExportFormatException($"It does not belong to a log of {size} entries.", other)
            : (checkpoint, note, leaves);
    }

    private static (Checkpoint Checkpoint, string Note) ReadCheckpoint(ExportSource source, string origin, IReadOnlyCollection<NoteVerifier> verifiers)
    {
        try
        {
            var note = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(source.Read(LogExport.CheckpointName));
            var signed = SignedNote.Parse(note);
            var checkpoint = Checkpoint.Parse(signed.Text);
            var wrong = signed.Verify(verifiers).Reason
                ?? (string.Equals(checkpoint.Origin, origin, StringComparison.Ordinal) ? null : $"It is of the log '{checkpoint.Origin}', not '{origin}'.")
                ?? (checkpoint.Size <= int.MaxValue ? null : "It is of a log that is too large to import.");
            return wrong is null ? (checkpoint, note) : throw new LogExportFormatException(wrong, LogExport.CheckpointName);
        }
        catch (Exception e) when (e is NoteFormatException or CheckpointFormatException or DecoderFallbackException)
        {
            throw new LogExportFormatException("It is no checkpoint: " + e.Message, LogExport.CheckpointName, e);
        }
    }

    // The root says whether the entries are right, and then they say whether the tiles are.
    private static void CheckTiles(ExportSource source, List<MerkleHash> leaves, MerkleHash? root, HashSet<string> expected)
    {
        var tree = new TreeAppender();
        leaves.ForEach(leaf => tree.Append(leaf));
        if (tree.Root() != root)
        {
            throw new LogExportFormatException("The entries do not make the root of the checkpoint: one of them was changed.");
        }

        var tiles = tree.TakeFull().ToDictionary(t => t.Tile, t => t.Hashes);
        for (var level = 0; level < tree.Levels; level++)
        {
            if (tree.Partial(level) is { } partial)
            {
                tiles.Add(partial.Tile, partial.Hashes.ToArray());
            }
        }

        foreach (var (tile, width) in LogExport.Tiles(leaves.Count))
        {
            var path = TilePath.Of(tile, width);
            expected.Add(path);
            if (!source.Read(path).AsSpan().SequenceEqual(tiles[tile]))
            {
                throw new LogExportFormatException("The tile is not that of the entries.", path);
            }
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Bundle(ExportSource source, long first, long size)
    {
        var path = BundlePath(first, size);
        return EntryBundle.TryRead(source.Read(path)) is { } entries && entries.Count == Math.Min(Tile.Width, size - first)
            ? entries
            : throw new LogExportFormatException("It is no bundle of the entries that belong there.", path);
    }

    private static string BundlePath(long first, long size) => TilePath.OfEntries((ulong)first / Tile.Width, (int)Math.Min(Tile.Width, size - first));

    private static LogLeaf Leaf(LogContent content, ReadOnlyMemory<byte> bytes, long first)
    {
        try
        {
            return content == LogContent.Entries ? new LogLeaf(LedgerEntry.Parse(bytes)) : new LogLeaf(bytes);
        }
        catch (LedgerEntryFormatException e)
        {
            throw new LogExportFormatException($"An entry from {first} on is not one of a ledger: {e.Message}", null, e);
        }
    }

    private static void Append(TransparencyLog log, List<LogLeaf> entries, List<MerkleHash> leaves, long first)
    {
        LeafHashing.Hash([new AppendGroup(entries)]);
        if (!entries.Select(e => e.Hash).SequenceEqual(leaves.Skip((int)first).Take(entries.Count)))
        {
            throw new LogExportFormatException("The export was changed while it was read.");
        }

        var outcome = log.Store.AppendAsync([new AppendGroup(entries)], CancellationToken.None).GetAwaiter().GetResult()[0];
        if (outcome.Receipts is not { } receipts || receipts.Where((r, i) => r.Index != first + i).Any())
        {
            throw new LogExportFormatException("The log has the same entry or key twice, which a log that finds entries by key cannot hold.");
        }
    }
}
