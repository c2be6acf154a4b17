using Kfm.Ledger.Entries;
using Kfm.Ledger.Export;
using Kfm.Ledger.Storage;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Verification;

/// <summary>
/// Checks a log in any store through its contract: reads every entry, and compares head, tiles, indexes and checkpoints with what the entries make. A log in a
/// SQLite file is checked deeper and faster by <see cref="LogVerifier"/>.
/// </summary>
public static class StoreVerifier
{
    private const int Page = 4096;

    /// <summary>Checks a log. Nothing is changed.</summary>
    /// <param name="store">The store. What is appended meanwhile is not looked at.</param>
    /// <param name="verifiers">The keys of the log that the caller trusts; without any, signatures are not checked.</param>
    /// <param name="anchor">A signed checkpoint of this log that the caller kept elsewhere, or null.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The findings; nothing that is wrong with the log is an exception.</returns>
    /// <exception cref="ArgumentException">An anchor is given without a key to verify it.</exception>
    public static LogReport Verify(
        ILogStore store, IReadOnlyCollection<NoteVerifier> verifiers, string? anchor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(verifiers);
        if (anchor is not null && verifiers.Count == 0)
        {
            throw new ArgumentException("An anchor proves nothing without a key to verify it.", nameof(verifiers));
        }

        var findings = new FindingList();
        try
        {
            return Check(store, verifiers, anchor, findings, cancellationToken);
        }
        catch (LedgerException e)
        {
            findings.Add(LogDamage.Store, null, e.Message);
            return new LogReport(0, MerkleHash.Empty, findings.Findings);
        }
    }

    private static LogReport Check(ILogStore store, IReadOnlyCollection<NoteVerifier> verifiers, string? anchor, FindingList findings, CancellationToken stop)
    {
        var checkpoints = new CheckpointCheck(store.Identity.Origin, verifiers, findings);
        foreach (var kept in store.Checkpoints())
        {
            checkpoints.Add(LogDamage.Checkpoint, $"The checkpoint of size {kept.Size}", kept.Note, kept.Size);
        }

        if (anchor is not null)
        {
            checkpoints.Add(LogDamage.Anchor, "The caller's checkpoint", anchor, null);
        }

        // The head is read after the checkpoints, so that it is not older than they are.
        var head = store.Head();
        var tree = new TreeAppender();
        AddPruned(store, tree);
        while ((long)tree.Size < head.Size && AddPage(store, tree, head.Size, findings))
        {
            stop.ThrowIfCancellationRequested();
        }

        CheckTree(store, tree, head, findings);
        checkpoints.Compare((long)tree.Size, size => new TiledTree(store.Tile).Root((ulong)size));
        return new LogReport((long)tree.Size, tree.Root(), findings.Findings);
    }

    // Of pruned entries only the hashes are there; that they are right, the roots of the checkpoints say.
    private static void AddPruned(ILogStore store, TreeAppender tree)
    {
        for (var minimum = store.MinimumIndex(); (long)tree.Size < minimum;)
        {
            var hashes = store.Tile(new Tile(0, tree.Size / Tile.Width));
            for (var at = 0; at < Tile.Width; at++)
            {
                tree.Append(hashes.Length == Tile.Width * MerkleHash.Size
                    ? MerkleHash.FromBytes(hashes.Span.Slice(at * MerkleHash.Size, MerkleHash.Size))
                    : throw new LedgerException(LedgerFault.Damaged, $"The hashes of the pruned entries from {tree.Size} on are missing."));
            }
        }
    }

    private static bool AddPage(ILogStore store, TreeAppender tree, long size, FindingList findings)
    {
        var entries = store.Entries((long)tree.Size, (int)Math.Min(Page, size - (long)tree.Size));
        foreach (var entry in entries)
        {
            tree.Append(MerkleHash.Leaf(entry.Bytes.Span));
            if (store.Identity.Content == LogContent.Entries)
            {
                CheckIndexes(store, entry, findings);
            }
        }

        return entries.Count > 0;
    }

    private static void CheckIndexes(ILogStore store, StoredEntry stored, FindingList findings)
    {
        try
        {
            foreach (var (field, value) in EntryIndex.Lookups(LedgerEntry.Parse(stored.Bytes)))
            {
                // The index of kinds names most entries, so asking for each would take forever; its rows are written with the others.
                if (field != LookupField.Kind && !store.Find(field, value).Contains(stored.Index))
                {
                    findings.Add(LogDamage.LookupIndex, stored.Index, $"Entry {stored.Index} is not found by its {field}.");
                }
            }
        }
        catch (LedgerEntryFormatException e)
        {
            findings.Add(LogDamage.Entry, stored.Index, $"Entry {stored.Index} cannot be read: {e.Message}");
        }
    }

    private static void CheckTree(ILogStore store, TreeAppender tree, LogHead head, FindingList findings)
    {
        if (head.Size != (long)tree.Size)
        {
            findings.Add(LogDamage.Entry, (long)tree.Size, $"The head says {head.Size} entries; only {tree.Size} are there.");
        }
        else if (head.Root != tree.Root())
        {
            findings.Add(LogDamage.Head, null, "The root of the head is not the root of the entries.");
        }

        var full = tree.TakeFull().ToDictionary(t => t.Tile, t => t.Hashes);
        foreach (var (tile, width) in LogExport.Tiles((long)tree.Size))
        {
            var expected = full.TryGetValue(tile, out var hashes) ? hashes : tree.Partial(tile.Level)!.Value.Hashes;
            var stored = store.Tile(tile);
            if (stored.Length < width * MerkleHash.Size || !stored.Span[..(width * MerkleHash.Size)].SequenceEqual(expected.Span))
            {
                var leaf = (long)(tile.Number << ((tile.Level + 1) * Tile.Height));
                findings.Add(LogDamage.Tile, leaf, $"Tile {tile.Number} of level {tile.Level} does not fit the entries, from entry {leaf} on.");
            }
        }
    }
}
