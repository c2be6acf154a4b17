using System.Globalization;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Tiles;

namespace Kfm.Ledger.Retention;

/// <summary>
/// Disposes of the bytes of old entries, oldest first and in whole bundles. Their leaf hashes stay, and with them all roots, checkpoints
/// and proofs (C2SP tlog-tiles, minimum index).
/// </summary>
public static class LogRetention
{
    private const int Page = 4096;

    /// <summary>Says what pruning would do, and changes nothing.</summary>
    /// <param name="log">The log.</param>
    /// <param name="policy">How long entries are kept.</param>
    /// <param name="now">The present time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The policy keeps entries for less than a year or more than a thousand.</exception>
    public static RetentionPlan Plan(TransparencyLog log, RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(policy);
        var (cutoff, size, minimum) = (policy.Cutoff(now), log.Size, log.MinimumIndex);
        var kept = FirstHeld(log, minimum);
        var young = FirstYoung(log, minimum, kept.Index ?? size, cutoff, cancellationToken);
        var first = young ?? kept.Index;
        var end = (first ?? size) / Tile.Width * Tile.Width;
        return new RetentionPlan(minimum, Math.Max(minimum, end), size, cutoff, first, young is null ? kept.Hold : null);
    }

    /// <summary>Prunes: appends a disposition entry first, and then drops the bytes of the entries below the new minimum index.</summary>
    /// <param name="log">The log.</param>
    /// <param name="policy">How long entries are kept.</param>
    /// <param name="authority">By whose authority; stands in the log, so no personal data.</param>
    /// <param name="repository">The repository of the log, for the entry.</param>
    /// <param name="now">The present time.</param>
    /// <param name="cancellationToken">Stops while nothing is changed yet.</param>
    /// <returns>What was done. Nothing is appended when there is nothing to prune.</returns>
    /// <exception cref="LedgerException">The store cannot be read or written. Ask again; the disposition entry is not written twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The policy keeps entries for less than a year or more than a thousand.</exception>
    public static RetentionPlan Prune(
        TransparencyLog log, RetentionPolicy policy, string authority, string repository, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(authority);
        var plan = Plan(log, policy, now, cancellationToken);
        if (plan.Count == 0)
        {
            return plan;
        }

        if (!log.FindByKind(LedgerEntryKind.Disposition).Any(e => Covers(e.Entry, plan.NewMinimumIndex)))
        {
            log.Append([Disposition(log, plan, policy, authority, repository, now)]);
        }

        log.Prune(plan.NewMinimumIndex);
        return plan;
    }

    private static LedgerEntry Disposition(
        TransparencyLog log, RetentionPlan plan, RetentionPolicy policy, string authority, string repository, DateTimeOffset now) => new()
        {
            Kind = LedgerEntryKind.Disposition,
            Repository = repository,

            // What was disposed of stays proven: the root over all entries up to the new minimum.
            Subject = log.RootAt(plan.NewMinimumIndex).ToDigest(),
            Time = now,
            Attributes = LegalHolds.Attributes(
                (LegalHolds.Authority, authority),
                ("from", LegalHolds.Number(plan.MinimumIndex)),
                ("to", LegalHolds.Number(plan.NewMinimumIndex)),
                ("cutoff", plan.Cutoff.UtcDateTime.ToString(LedgerEntryWriter.TimeFormat, CultureInfo.InvariantCulture)),
                ("years", LegalHolds.Number(policy.Years))),
        };

    private static bool Covers(LedgerEntry disposition, long minimum) => EndOf(disposition) == minimum;

    private static long EndOf(LedgerEntry disposition) =>
        long.TryParse(disposition.Attributes.GetValueOrDefault("to"), NumberStyles.None, CultureInfo.InvariantCulture, out var end) ? end : 0;

    private static (long? Index, LegalHold? Hold) FirstHeld(TransparencyLog log, long minimum)
    {
        (long? Index, LegalHold? Hold) first = default;
        foreach (var hold in LegalHolds.Standing(log))
        {
            long? index = hold.Scope switch
            {
                { TraceId: { } trace } => FirstOf(log.FindByTrace(trace)),
                { Person: { } person } => FirstOf(log.FindByPerson(person)),
                _ => minimum,
            };

            // The hold itself must stay readable as well.
            index = Math.Min(index ?? long.MaxValue, hold.Index);
            if (index < (first.Index ?? long.MaxValue))
            {
                first = (index, hold);
            }
        }

        return first;
    }

    private static long? FirstOf(IReadOnlyList<LogEntry> entries) => entries.Count > 0 ? entries[0].Index : null;

    private static long? FirstYoung(TransparencyLog log, long from, long end, DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        for (var at = from; at < end; at += Page)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in log.Entries(at, (int)Math.Min(Page, end - at)))
            {
                if (entry.Entry.Time >= cutoff)
                {
                    return entry.Index;
                }
            }
        }

        return null;
    }
}
