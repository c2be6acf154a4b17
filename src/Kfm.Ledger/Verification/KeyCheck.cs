using Kfm.Ledger.Storage;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Verification;

/// <summary>Compares the table of idempotency keys with the keys of the entries.</summary>
/// <param name="keyed">The number of entries whose keys must be in the table; those of others may be.</param>
/// <param name="capacity">The most entries that there may be.</param>
internal sealed class KeyCheck(long keyed, long capacity)
{
    private const int MaxProbes = 64;
    private readonly long[] _slots = new long[capacity];
    private readonly bool[] _isKnown = new bool[capacity];

    /// <summary>Notes the key of an entry. Each index once; from any thread.</summary>
    internal void Add(long index, MerkleHash key)
    {
        if (index < capacity)
        {
            _slots[index] = KeyIndex.SlotOf(key);
            _isKnown[index] = true;
        }
    }

    /// <summary>Reads the table and compares.</summary>
    /// <param name="database">A connection of the calling thread.</param>
    /// <param name="size">The number of entries of the log.</param>
    /// <param name="findings">Takes what is wrong.</param>
    internal void Compare(LogDatabase database, long size, FindingList findings)
    {
        var found = new bool[capacity];
        using var select = database.Prepare("SELECT hash, idx FROM keys");
        while (select.Step())
        {
            var (slot, index) = (select.Int64(0), select.Int64(1));
            if (index < 0 || index >= size || index >= capacity || found[index] || (_isKnown[index] && !Fits(slot, _slots[index])))
            {
                findings.Add(LogDamage.KeyIndex, index >= 0 && index < size ? index : null, $"A row of the table of keys leads to entry {index}, whose key is another.");
            }
            else
            {
                found[index] = true;
            }
        }

        for (var index = 0L; index < keyed; index++)
        {
            if (_isKnown[index] && !found[index])
            {
                findings.Add(LogDamage.KeyIndex, index, $"The key of entry {index} does not lead to it.");
            }
        }
    }

    // A slot that was taken moves a key to one of the next.
    private static bool Fits(long slot, long wanted) => unchecked((ulong)(slot - wanted)) < MaxProbes;
}
