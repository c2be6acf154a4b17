using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Lineage;

/// <summary>
/// Which links of an entry are edges. A link whose role is the name of a kind refers to an earlier entry of that kind whose subject is the
/// digest: to the newest one of the same trace, else to the newest one at all. Other links, such as to a model, a prompt or the
/// policies, name things that are no entries.
/// </summary>
internal static class LineageLinks
{
    /// <summary>The links of an entry that may be edges.</summary>
    internal static IEnumerable<(LedgerEntryKind Kind, Digest Subject)> Of(LedgerEntry entry)
    {
        foreach (var link in entry.Links)
        {
            if (LedgerEntryReader.TryReadKind(link.Role, out var kind))
            {
                yield return (kind, link.Digest);
            }
        }
    }

    /// <summary>Whether a link names a thing that is no entry, by its role.</summary>
    internal static bool IsReference(LedgerLink link) => !LedgerEntryReader.TryReadKind(link.Role, out _);

    /// <summary>The entry that a link refers to.</summary>
    /// <param name="kind">The kind that the link asks for.</param>
    /// <param name="trace">The trace of the entry with the link.</param>
    /// <param name="candidates">Earlier entries with the subject, newest first.</param>
    internal static long? Choose(LedgerEntryKind kind, Guid? trace, IEnumerable<(long Index, LedgerEntryKind Kind, Guid? Trace)> candidates)
    {
        long? newest = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Kind != kind)
            {
                continue;
            }

            if (trace is not null && candidate.Trace == trace)
            {
                return candidate.Index;
            }

            newest ??= candidate.Index;
        }

        return newest;
    }
}
