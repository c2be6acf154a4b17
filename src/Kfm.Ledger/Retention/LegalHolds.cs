using System.Globalization;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Retention;

/// <summary>Lays, lifts and lists legal holds. They are entries of the log, so that nobody lifts one unseen.</summary>
public static class LegalHolds
{
    internal const string Scope = "scope";
    internal const string Authority = "authority";
    internal const string Reason = "reason";
    internal const string Hold = "hold";

    /// <summary>The holds that stand. An entry whose scope is not known holds the whole log.</summary>
    /// <param name="log">The log.</param>
    /// <exception cref="LedgerException">The store cannot be read, or is damaged.</exception>
    public static IReadOnlyList<LegalHold> Standing(TransparencyLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var released = log.FindByKind(LedgerEntryKind.Release)
            .Select(e => e.Entry.Attributes.GetValueOrDefault(Hold))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. log.FindByKind(LedgerEntryKind.Hold)
                .Where(e => !released.Contains(Number(e.Index)))
                .Select(e => new LegalHold(
                    e.Index,
                    HoldScope.TryParse(e.Entry.Attributes.GetValueOrDefault(Scope, "")) ?? HoldScope.WholeLog,
                    e.Entry.Attributes.GetValueOrDefault(Authority, ""),
                    e.Entry.Attributes.GetValueOrDefault(Reason, ""),
                    e.Entry.Time)),
        ];
    }

    /// <summary>Lays a hold.</summary>
    /// <param name="log">The log.</param>
    /// <param name="repository">The repository of the log, for the entry.</param>
    /// <param name="scope">What to keep.</param>
    /// <param name="authority">By whose authority; stands in the log, so no personal data.</param>
    /// <param name="reason">Why; stands in the log, so no personal data.</param>
    /// <param name="time">The present time.</param>
    /// <returns>The hold.</returns>
    /// <exception cref="LedgerException">The entry could not be appended.</exception>
    public static LegalHold Lay(TransparencyLog log, string repository, HoldScope scope, string authority, string reason, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(scope);
        var receipt = log.Append(
        [
            new LedgerEntry
            {
                Kind = LedgerEntryKind.Hold,
                TraceId = scope.TraceId,
                Repository = repository,
                Subject = scope.ToSubject(),
                Time = time,
                Attributes = Attributes((Scope, scope.Text), (Authority, authority), (Reason, reason)),
            },
        ])[0];
        return new LegalHold(receipt.Index, scope, authority, reason, time);
    }

    /// <summary>Lifts a hold.</summary>
    /// <param name="log">The log.</param>
    /// <param name="hold">A hold that stands.</param>
    /// <param name="authority">By whose authority.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">The present time.</param>
    /// <returns>The receipt of the entry.</returns>
    /// <exception cref="LedgerException">The entry could not be appended.</exception>
    public static AppendReceipt Lift(TransparencyLog log, LegalHold hold, string authority, string reason, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(hold);
        var laid = log.Read(hold.Index).Entry;
        return log.Append(
        [
            new LedgerEntry
            {
                Kind = LedgerEntryKind.Release,
                TraceId = laid.TraceId,
                Repository = laid.Repository,
                Subject = laid.Subject,
                Links = [new LedgerLink(Hold, laid.Subject)],
                Time = time,
                Attributes = Attributes((Hold, Number(hold.Index)), (Authority, authority), (Reason, reason)),
            },
        ])[0];
    }

    /// <summary>The hold that forbids to forget a person, or null.</summary>
    internal static LegalHold? Over(TransparencyLog log, Digest person) =>
        Standing(log).FirstOrDefault(h => h.Scope == HoldScope.WholeLog || h.Scope.Person == person || HoldsEntryAbout(log, h.Scope, person));

    internal static Dictionary<string, string> Attributes(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            attributes.Add(name, value);
        }

        return attributes;
    }

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    // A trace under hold must stay readable, so nobody whom it names is erased.
    private static bool HoldsEntryAbout(TransparencyLog log, HoldScope scope, Digest person) =>
        scope.TraceId is { } trace && log.FindByTrace(trace).Any(e => e.Entry.Sealed.Values.Any(f => f.Subject == person));
}
