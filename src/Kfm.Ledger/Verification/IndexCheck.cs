using Kfm.Ledger.Entries;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>Checks that entries are found by what the indexes say, and notes their idempotency keys.</summary>
internal sealed class IndexCheck : IDisposable
{
    private readonly EntryScan _scan;
    private readonly SqliteStatement? _lookup;

    internal IndexCheck(EntryScan scan, LogDatabase database)
    {
        _scan = scan;
        if (IsTyped)
        {
            _lookup = database.Prepare("SELECT 1 FROM lookups WHERE hash = ?1 AND idx = ?2");
        }
    }

    private bool IsTyped => _scan.Level >= CheckLevel.Indexes && _scan.Identity.Content == LogContent.Entries;

    internal void Check(long first, int count, byte[] entries, int[] ends, byte[] hashes)
    {
        if (_scan.Level < CheckLevel.Indexes || !(IsTyped || _scan.Identity.IsIdempotent))
        {
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            var hash = MerkleHash.FromBytes(hashes.AsSpan(i * MerkleHash.Size, MerkleHash.Size));
            var key = IsTyped ? CheckEntry(first + i, entries.AsMemory(start, ends[i] - start), hash) : hash;
            _scan.Keys.Add(first + i, key);
        }
    }

    public void Dispose() => _lookup?.Dispose();

    private MerkleHash CheckEntry(long index, ReadOnlyMemory<byte> leaf, MerkleHash hash)
    {
        try
        {
            var entry = LedgerEntry.Parse(leaf);
            foreach (var lookup in EntryIndex.Lookups(entry).Select(l => (Hash: LogTables.LookupHash(l.Field, l.Value), l.Field)).DistinctBy(l => l.Hash))
            {
                _scan.CountLookup();
                if (!HasLookup(lookup.Hash, index))
                {
                    _scan.Findings.Add(LogDamage.LookupIndex, index, $"Entry {index} is not found by its {lookup.Field}.");
                }
            }

            return entry.Key is { } key ? EntryIndex.KeyOf(key) : hash;
        }
        catch (LedgerEntryFormatException e)
        {
            _scan.Findings.Add(LogDamage.Entry, index, $"Entry {index} cannot be read: {e.Message}");
            return hash;
        }
    }

    private bool HasLookup(long hash, long index)
    {
        _lookup!.Bind(1, hash);
        _lookup.Bind(2, index);
        var isThere = _lookup.Step();
        _lookup.Reset();
        return isThere;
    }
}
