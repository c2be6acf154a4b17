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
    private long _soundSize;

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

    /// <summary>Compares the checkpoints of the present size with the root.</summary>
    internal void Reached(CompactRange tree)
    {
        if (!_bySize.Remove((long)tree.Size, out var expected))
        {
            return;
        }

        var root = tree.Root();
        foreach (var (damage, place, checkpoint) in expected)
        {
            if (checkpoint.Root == root)
            {
                _soundSize = (long)tree.Size;
            }
            else
            {
                findings.Add(damage, _soundSize, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{place} has another root than the entries; an entry from {_soundSize} to {tree.Size - 1} is not what was published."));
            }
        }
    }

    /// <summary>Reports the checkpoints that are beyond the log.</summary>
    internal void Complete(long size)
    {
        foreach (var (damage, place, checkpoint) in _bySize.Values.SelectMany(list => list))
        {
            findings.Add(damage, size, string.Create(
                CultureInfo.InvariantCulture, $"{place} says {checkpoint.Size} entries, but the log has {size}: entries were cut off."));
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
