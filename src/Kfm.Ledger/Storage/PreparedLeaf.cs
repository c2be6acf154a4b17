using Kfm.Ledger.Entries;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>An entry with all that is computed before the writer's lock is taken.</summary>
internal sealed record PreparedLeaf(LedgerEntry Entry, byte[] Bytes, MerkleHash Hash, string Key)
{
    internal static PreparedLeaf Of(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var bytes = entry.ToBytes();
        var hash = MerkleHash.Leaf(bytes);
        return new PreparedLeaf(entry, bytes, hash, LedgerEntry.EffectiveKey(entry.Key, hash));
    }
}
