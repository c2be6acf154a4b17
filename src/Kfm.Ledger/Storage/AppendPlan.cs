using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>What an append makes of a log: which leaves are new, at which index, and the outcome of each group. Pure; the same for every store.</summary>
public sealed class AppendPlan
{
    private AppendPlan(long size, IReadOnlyList<LogLeaf> leaves, IReadOnlyList<AppendOutcome> outcomes)
    {
        Size = size;
        Leaves = leaves;
        Outcomes = outcomes;
    }

    /// <summary>The index of the first new leaf: the size of the log before.</summary>
    public long Size { get; }

    /// <summary>The new leaves, at the indexes from <see cref="Size"/> on.</summary>
    public IReadOnlyList<LogLeaf> Leaves { get; }

    /// <summary>The outcome of each group; true once the transaction is committed.</summary>
    public IReadOnlyList<AppendOutcome> Outcomes { get; }

    /// <summary>Makes a plan. The leaves are hashed where they are not.</summary>
    /// <param name="size">The size of the committed log.</param>
    /// <param name="groups">The groups, in order.</param>
    /// <param name="find">The committed entry that has a key, or null. Null for a log that is not idempotent.</param>
    public static AppendPlan Create(long size, IReadOnlyList<AppendGroup> groups, Func<MerkleHash, KnownEntry?>? find)
    {
        ArgumentNullException.ThrowIfNull(groups);
        LeafHashing.Hash(groups);
        var leaves = new List<LogLeaf>();
        var outcomes = new AppendOutcome[groups.Count];
        var keys = find is null ? null : new Dictionary<MerkleHash, KnownEntry>();
        for (var i = 0; i < groups.Count; i++)
        {
            var start = leaves.Count;
            outcomes[i] = Place(groups[i], size, leaves, keys, find);
            if (outcomes[i].Conflict is not null)
            {
                Withdraw(leaves, start, size, keys!);
            }
        }

        return new AppendPlan(size, leaves, outcomes);
    }

    private static AppendOutcome Place(
        AppendGroup group, long size, List<LogLeaf> leaves, Dictionary<MerkleHash, KnownEntry>? keys, Func<MerkleHash, KnownEntry?>? find)
    {
        var receipts = new AppendReceipt[group.Leaves.Count];
        for (var i = 0; i < receipts.Length; i++)
        {
            var leaf = group.Leaves[i];
            if (keys is not null && (keys.TryGetValue(leaf.Key, out var known) ? known : find!(leaf.Key)) is { } there)
            {
                if (there.Hash != leaf.Hash)
                {
                    return AppendOutcome.Refused(new KeyConflict(leaf, there.Index));
                }

                receipts[i] = new AppendReceipt(there.Index, leaf.Hash, IsNew: false);
                continue;
            }

            var index = size + leaves.Count;
            leaves.Add(leaf);
            keys?.Add(leaf.Key, new KnownEntry(index, leaf.Hash));
            receipts[i] = new AppendReceipt(index, leaf.Hash, IsNew: true);
        }

        return AppendOutcome.Appended(receipts);
    }

    // Keys of this plan that point at or beyond the group's first leaf are the group's own.
    private static void Withdraw(List<LogLeaf> leaves, int start, long size, Dictionary<MerkleHash, KnownEntry> keys)
    {
        for (var i = start; i < leaves.Count; i++)
        {
            if (keys.TryGetValue(leaves[i].Key, out var known) && known.Index >= size + start)
            {
                keys.Remove(leaves[i].Key);
            }
        }

        leaves.RemoveRange(start, leaves.Count - start);
    }
}
