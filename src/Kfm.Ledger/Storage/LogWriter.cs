using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>Appends inside the writer's transaction. It remembers the right edge of the log between batches, since nobody else writes.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly LogTables _tables;
    private readonly LogContent _content;
    private readonly KeyIndex? _keys;
    private readonly SqliteStatement _insertBundle;
    private readonly SqliteStatement _insertTail;
    private readonly SqliteStatement _deleteTail;
    private readonly SqliteStatement _writeTile;
    private readonly SqliteStatement _insertLookup;
    private readonly SqliteStatement _writeHead;
    private readonly TreeAppender _tree;
    private readonly OpenBundle _open = new();

    /// <summary>Reads the edge of the log; inside a transaction.</summary>
    internal LogWriter(LogTables tables, LogIdentity identity)
    {
        _tables = tables;
        _content = identity.Content;
        var database = tables.Database;
        _insertBundle = database.Prepare("INSERT INTO bundles VALUES (?1, ?2, ?3)");
        _insertTail = database.Prepare("INSERT INTO tail VALUES (?1, ?2)");
        _deleteTail = database.Prepare("DELETE FROM tail");
        _writeTile = database.Prepare("INSERT INTO tiles VALUES (?1, ?2, ?3) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes");
        _insertLookup = database.Prepare("INSERT OR IGNORE INTO lookups VALUES (?1, ?2)");
        _writeHead = database.Prepare("UPDATE head SET size = ?1, root = ?2 WHERE id = 1 AND size = ?3");
        var head = tables.Head();
        _tree = new TreeAppender((ulong)head.Size, tables.Tile);
        if (_tree.Root() != head.Root)
        {
            throw new LedgerException(LedgerFault.Damaged, "The tiles do not lead to the head of the log; run a check of the log.");
        }

        foreach (var (_, chunk) in tables.Tail())
        {
            _open.Restore(chunk);
        }

        if (identity.IsIdempotent)
        {
            _keys = new KeyIndex(tables);
            _keys.Load(head.Size);
        }
    }

    /// <summary>Appends groups; inside a transaction. When it throws, the writer is of no more use.</summary>
    internal IReadOnlyList<AppendOutcome> Append(IReadOnlyList<AppendGroup> groups)
    {
        var plan = AppendPlan.Create((long)_tree.Size, groups, _keys is null ? null : _keys.Find);
        if (plan.Leaves.Count > 0)
        {
            Write(plan);
            _keys?.Add(plan);
        }

        return plan.Outcomes;
    }

    public void Dispose()
    {
        _keys?.Dispose();
        foreach (var statement in (SqliteStatement[])[_insertBundle, _insertTail, _deleteTail, _writeTile, _insertLookup, _writeHead])
        {
            statement.Dispose();
        }
    }

    private void Write(AppendPlan plan)
    {
        for (var done = 0; done < plan.Leaves.Count;)
        {
            var room = Tile.Width - (int)((ulong)(plan.Size + done) % Tile.Width);
            var count = Math.Min(room, plan.Leaves.Count - done);
            Append(plan.Leaves, done, count);
            done += count;
            if (count == room)
            {
                Fold();
            }
        }

        if (_content == LogContent.Entries)
        {
            for (var i = 0; i < plan.Leaves.Count; i++)
            {
                WriteLookups(plan.Size + i, plan.Leaves[i]);
            }
        }

        WriteTail(plan.Size + plan.Leaves.Count);
        WritePartialTiles((ulong)plan.Size);
        WriteHead(plan.Size);
    }

    private void Append(IReadOnlyList<LogLeaf> leaves, int start, int count)
    {
        var hashes = count == Tile.Width ? new byte[Tile.Width * MerkleHash.Size] : null;
        for (var i = 0; i < count; i++)
        {
            var leaf = leaves[start + i];
            _open.Add(leaf.Bytes.Span);
            if (hashes is null)
            {
                _tree.Append(leaf.Hash);
            }
            else
            {
                leaf.Hash.CopyTo(hashes.AsSpan(i * MerkleHash.Size));
            }
        }

        if (hashes is not null)
        {
            _tree.AppendTile(hashes);
        }
    }

    private void Fold()
    {
        foreach (var (tile, hashes) in _tree.TakeFull())
        {
            if (tile.Level == 0)
            {
                _insertBundle.Bind(1, (long)tile.Number);
                _insertBundle.Bind(2, hashes);
                _insertBundle.Bind(3, _open.Bytes);
                _insertBundle.Execute();
            }
            else
            {
                WriteTile(tile, hashes);
            }
        }

        if (_open.KeptBytes > 0)
        {
            _deleteTail.Execute();
        }

        _open.Clear();
    }

    private void WriteTail(long size)
    {
        if (_open.Count > _open.KeptCount)
        {
            _insertTail.Bind(1, size - (_open.Count - _open.KeptCount));
            _insertTail.Bind(2, _open.Bytes[_open.KeptBytes..]);
            _insertTail.Execute();
            _open.Keep();
        }
    }

    // A level has another hash only when a tile of the level below became full.
    private void WritePartialTiles(ulong before)
    {
        for (var level = 1; level < _tree.Levels && _tree.Size >> (level * Tile.Height) > before >> (level * Tile.Height); level++)
        {
            if (_tree.Partial(level) is { } partial)
            {
                WriteTile(partial.Tile, partial.Hashes.Span);
            }
        }
    }

    private void WriteTile(Tile tile, ReadOnlySpan<byte> hashes)
    {
        _writeTile.Bind(1, tile.Level);
        _writeTile.Bind(2, (long)tile.Number);
        _writeTile.Bind(3, hashes);
        _writeTile.Execute();
    }

    private void WriteLookups(long index, LogLeaf leaf)
    {
        foreach (var (field, value) in EntryIndex.Lookups(leaf.Entry!))
        {
            _insertLookup.Bind(1, LogTables.LookupHash(field, value));
            _insertLookup.Bind(2, index);
            _insertLookup.Execute();
        }
    }

    private void WriteHead(long before)
    {
        _writeHead.Bind(1, (long)_tree.Size);
        _writeHead.Bind(2, _tree.Root().ToBytes());
        _writeHead.Bind(3, before);
        if (_writeHead.Execute() != 1)
        {
            throw new LedgerException(LedgerFault.Damaged, "The head of the log was changed by somebody who does not hold its lock; run a check of the log.");
        }
    }
}
