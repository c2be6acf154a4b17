using Kfm.Ledger.Entries;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>Appends batches inside the writer's transaction. It remembers the right edge of the tree between batches.</summary>
internal sealed class EntryAppender(LogStore store)
{
    private CompactRange? _edge;

    internal List<AppendReceipt> Append(List<PreparedLeaf> leaves)
    {
        var edge = Edge(store.Head());
        var before = edge.Size;

        // If anything fails from here on, the edge is ahead of the store and must not be used again.
        _edge = null;
        var tiles = new TileWriter(before, store.Tile);
        var receipts = leaves.ConvertAll(leaf => Append(leaf, edge, tiles));
        foreach (var (tile, hashes) in tiles.Changed())
        {
            store.WriteTile(tile, hashes);
        }

        if (edge.Size > before)
        {
            store.WriteHead(new LogHead((long)edge.Size, edge.Root()));
        }

        _edge = edge;
        return receipts;
    }

    private AppendReceipt Append(PreparedLeaf leaf, CompactRange edge, TileWriter tiles)
    {
        var existing = store.IndexOf(leaf.Key);
        if (existing >= 0)
        {
            var bytes = store.Entry(existing) ?? throw new LedgerException(LedgerFault.Damaged, $"Entry {existing} is missing from the store; run a check of the log.");
            return bytes.AsSpan().SequenceEqual(leaf.Bytes)
                ? new AppendReceipt(existing, leaf.Hash, IsNew: false)
                : throw new LedgerException(
                    LedgerFault.KeyConflict, $"Entry {existing} has the same key '{leaf.Entry.Key}' and other content; an entry is never changed.");
        }

        var index = (long)edge.Size;
        store.WriteEntry(index, leaf.Bytes, leaf.Key, leaf.Entry);
        tiles.Append(leaf.Hash);
        edge.Append(leaf.Hash);
        return new AppendReceipt(index, leaf.Hash, IsNew: true);
    }

    private CompactRange Edge(LogHead head)
    {
        // Another process may have appended since; then the edge is read from the tiles.
        var size = (ulong)head.Size;
        var edge = _edge is { } known && known.Size == size && known.Root() == head.Root ? known : store.Tree().Edge(size);
        return edge.Root() == head.Root
            ? edge
            : throw new LedgerException(LedgerFault.Damaged, "The tiles do not lead to the head of the log; run a check of the log.");
    }
}
