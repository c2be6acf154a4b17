using System.Buffers.Binary;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>
/// Finds entries by their idempotency key. The newest keys are kept in memory and made again from the entries after a start; a commit moves
/// a sorted piece of the older ones into the table, so that it touches few pages however large the table is.
/// </summary>
internal sealed class KeyIndex : IDisposable
{
    private const int Generation = 32 * 1024;
    private const int MinPiece = 512;
    private const int MaxProbes = 64;
    private readonly LogTables _tables;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _keyed;
    private Dictionary<MerkleHash, KnownEntry> _young = [];
    private Dictionary<MerkleHash, KnownEntry> _old = [];
    private (MerkleHash Key, long Index)[] _sorted = [];
    private int _moved;

    internal KeyIndex(LogTables tables)
    {
        _tables = tables;
        _find = tables.Database.Prepare("SELECT idx FROM keys WHERE hash = ?1");
        _insert = tables.Database.Prepare("INSERT INTO keys VALUES (?1, ?2)");
        _keyed = tables.Database.Prepare("UPDATE head SET keyed = ?1 WHERE id = 1");
    }

    /// <summary>The committed entry that has a key, or null.</summary>
    internal KnownEntry? Find(MerkleHash key)
    {
        if (_young.TryGetValue(key, out var known) || _old.TryGetValue(key, out known))
        {
            return known;
        }

        var slot = SlotOf(key);
        for (var i = 0; i < MaxProbes; i++, slot = unchecked(slot + 1))
        {
            if (At(slot) is not { } index)
            {
                return null;
            }

            var hash = _tables.LeafHash(index);
            if (hash == key || KeyOf(index, hash) == key)
            {
                return new KnownEntry(index, hash);
            }
        }

        throw new LedgerException(LedgerFault.Damaged, "The index of keys is full of other keys; run a repair of the log.");
    }

    /// <summary>Adds the keys of new entries and moves a piece into the table; inside the transaction that writes the entries.</summary>
    internal void Add(AppendPlan plan)
    {
        for (var i = 0; i < plan.Leaves.Count; i++)
        {
            _young.Add(plan.Leaves[i].Key, new KnownEntry(plan.Size + i, plan.Leaves[i].Hash));
        }

        if (_moved == _sorted.Length && _young.Count >= Generation)
        {
            (_old, _young) = (_young, []);
            _sorted = [.. _old.Select(k => (k.Key, k.Value.Index))];
            Array.Sort(_sorted, static (a, b) => SlotOf(a.Key).CompareTo(SlotOf(b.Key)));
            _moved = 0;
        }

        Move(Math.Max(MinPiece, 2 * plan.Leaves.Count));
    }

    /// <summary>Makes the keys again that are not in the table.</summary>
    internal void Load(long size)
    {
        const int Page = 4096;
        for (var from = _tables.Keyed(); from < size; from += Page)
        {
            foreach (var entry in _tables.Entries(from, Math.Min(Page, size - from)))
            {
                var hash = MerkleHash.Leaf(entry.Bytes.Span);
                _young.TryAdd(KeyOf(entry.Bytes, hash), new KnownEntry(entry.Index, hash));
            }
        }
    }

    /// <summary>Writes the keys of all entries into the empty table; inside a transaction.</summary>
    internal void Rebuild(List<(MerkleHash Key, long Index)> keys, long size)
    {
        keys.Sort(static (a, b) => SlotOf(a.Key).CompareTo(SlotOf(b.Key)));
        foreach (var (key, index) in keys)
        {
            Insert(key, index);
        }

        _keyed.Bind(1, size);
        _keyed.Execute();
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _keyed.Dispose();
    }

    /// <summary>The key of a leaf: that of the typed entry, or the hash of the leaf.</summary>
    internal static MerkleHash KeyOf(ReadOnlyMemory<byte> leaf, MerkleHash hash)
    {
        // The members of canonical JSON are sorted, and "key" is seldom; what looks like it is looked at closely.
        if (leaf.Span.IndexOf("\"key\":"u8) < 0)
        {
            return hash;
        }

        try
        {
            return LedgerEntry.Parse(leaf).Key is { } key ? EntryIndex.KeyOf(key) : hash;
        }
        catch (LedgerEntryFormatException)
        {
            return hash;
        }
    }

    internal static long SlotOf(MerkleHash key)
    {
        Span<byte> bytes = stackalloc byte[MerkleHash.Size];
        key.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private MerkleHash KeyOf(long index, MerkleHash hash) => KeyOf(_tables.Entries(index, 1)[0].Bytes, hash);

    private void Move(int count)
    {
        var end = Math.Min(_sorted.Length, _moved + count);
        for (; _moved < end; _moved++)
        {
            Insert(_sorted[_moved].Key, _sorted[_moved].Index);
        }

        if (_moved == _sorted.Length && _sorted.Length > 0)
        {
            _keyed.Bind(1, _old.Values.Max(k => k.Index) + 1);
            _keyed.Execute();
            (_old, _sorted, _moved) = ([], [], 0);
        }
    }

    private void Insert(MerkleHash key, long index)
    {
        var slot = SlotOf(key);
        for (var i = 0; i < MaxProbes; i++, slot = unchecked(slot + 1))
        {
            if (At(slot) is not { } taken)
            {
                _insert.Bind(1, slot);
                _insert.Bind(2, index);
                _insert.Execute();
                return;
            }

            if (taken == index)
            {
                return;
            }
        }

        throw new LedgerException(LedgerFault.Damaged, "The index of keys is full of other keys; run a repair of the log.");
    }

    private long? At(long slot)
    {
        _find.Bind(1, slot);
        var index = _find.Step() ? _find.Int64(0) : (long?)null;
        _find.Reset();
        return index;
    }
}
