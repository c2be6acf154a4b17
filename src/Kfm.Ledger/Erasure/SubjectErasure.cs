using Kfm.Ledger.Entries;
using Kfm.Ledger.Retention;

namespace Kfm.Ledger.Erasure;

/// <summary>Forgets a person: destroys the key of everything that was sealed about them, and proves it by an entry.</summary>
public static class SubjectErasure
{
    /// <summary>
    /// Destroys the key and appends the entry. When the process dies in between, the key is gone and asking again appends the entry. Leaves, tiles,
    /// checkpoints and proofs stay as they are.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="keys">The keys of its sealed fields.</param>
    /// <param name="request">Whom to forget, by whose authority and why.</param>
    /// <param name="repository">The repository of the log, for the entry.</param>
    /// <param name="time">The present time.</param>
    /// <exception cref="LedgerException">The key could not be destroyed or the entry not appended; ask again.</exception>
    /// <exception cref="ArgumentException">A text of the request is empty.</exception>
    public static ErasureOutcome Erase(TransparencyLog log, SubjectKeyStore keys, ErasureRequest request, string repository, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(request.SubjectId, nameof(request));
        ArgumentException.ThrowIfNullOrEmpty(request.Authority, nameof(request));
        ArgumentException.ThrowIfNullOrEmpty(request.Reason, nameof(request));
        var person = keys.Pseudonym(request.SubjectId);
        if (Proof(log, person) is { } proof)
        {
            keys.Destroy(person);
            return new ErasureOutcome(ErasureStatus.AlreadyErased, person, proof, null, 0);
        }

        if (keys.StateOf(person) == FieldState.NoKey)
        {
            return new ErasureOutcome(ErasureStatus.NotFound, person, null, null, 0);
        }

        if (LegalHolds.Over(log, person) is { } hold)
        {
            return new ErasureOutcome(ErasureStatus.Held, person, null, hold.Index, 0);
        }

        var fields = log.FindByPerson(person).Sum(e => e.Entry.Sealed.Values.Count(f => f.Subject == person));
        keys.Destroy(person);
        var receipt = log.Append(
        [
            new LedgerEntry
            {
                Kind = LedgerEntryKind.Erasure,
                Repository = repository,
                Subject = person,
                Time = time,
                Attributes = LegalHolds.Attributes(
                    (LegalHolds.Authority, request.Authority), (LegalHolds.Reason, request.Reason), ("fields", LegalHolds.Number(fields))),
            },
        ])[0];
        return new ErasureOutcome(ErasureStatus.Erased, person, receipt.Index, null, fields);
    }

    private static long? Proof(TransparencyLog log, Provenance.Digests.Digest person) =>
        log.FindBySubject(person).Where(e => e.Entry.Kind == LedgerEntryKind.Erasure).Select(e => (long?)e.Index).FirstOrDefault();
}
