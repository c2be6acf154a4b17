using System.Globalization;
using Kfm.Ledger.Checkpoints;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Verification;

/// <summary>
/// Compares checkpoints with the one tree that the entries make. All that fit it are consistent with one another.
/// </summary>
internal sealed class CheckpointCheck(string? origin, IReadOnlyCollection<NoteVerifier> verifiers, FindingList findings)
{
    private readonly SortedDictionary<long, List<(LogDamage Damage, string Place, Checkpoint Checkpoint)>> _bySize = [];

    /// <summary>The sizes of the checkpoints that were added and are not refused.</summary>
    internal IEnumerable<long> Sizes => _bySize.Keys;

    internal void Add(LogDamage damage, string place, string note, long? size)
    {
        try
        {
            var checkpoint = StoredCheckpoint.Parse(note, place);
            var wrong = verifiers.Count > 0 ? SignedNote.Parse(note).Verify(verifiers).Reason : null;
            wrong ??= string.Equals(checkpoint.Origin, origin, StringComparison.Ordinal) ? null : $"It is of the log '{checkpoint.Origin}'.";
            wrong ??= (size is null || checkpoint.Size == (ulong)size) && checkpoint.Size <= long.MaxValue ? null : $"It says the size {checkpoint.Size}.";
            if (wrong is null)
            {
                Expect((long)checkpoint.Size, (damage, place, checkpoint));
            }
            else
            {
                findings.Add(damage, null, $"{place} does not count: {wrong}");
            }
        }
        catch (LedgerException e)
        {
            findings.Add(damage, null, e.Message);
        }
    }

    /// <summary>Compares all with a tree.</summary>
    /// <param name="size">The number of its entries.</param>
    /// <param name="root">Gives the root over the first entries.</param>
    internal void Compare(long size, Func<long, MerkleHash> root)
    {
        long sound = 0;
        foreach (var (at, expected) in _bySize)
        {
            foreach (var (damage, place, checkpoint) in expected)
            {
                if (at > size)
                {
                    findings.Add(damage, size, string.Create(
                        CultureInfo.InvariantCulture, $"{place} says {checkpoint.Size} entries, but the log has {size}: entries were cut off."));
                }
                else if (checkpoint.Root == root(at))
                {
                    sound = at;
                }
                else
                {
                    findings.Add(damage, sound, string.Create(
                        CultureInfo.InvariantCulture,
                        $"{place} has another root than the entries; an entry from {sound} to {at - 1} is not what was published."));
                }
            }
        }
    }

    private void Expect(long size, (LogDamage Damage, string Place, Checkpoint Checkpoint) checkpoint)
    {
        if (!_bySize.TryGetValue(size, out var list))
        {
            _bySize.Add(size, list = []);
        }

        list.Add(checkpoint);
    }
}
