using System.Security.Cryptography;
using System.Text;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;

namespace Kfm.Ledger.Storage;

/// <summary>What of a typed entry is indexed. Pure functions of the entry, so that every index can be computed again.</summary>
public static class EntryIndex
{
    /// <summary>The values by which an entry is found.</summary>
    /// <param name="entry">The entry.</param>
    public static IEnumerable<(LookupField Field, string Value)> Lookups(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        yield return (LookupField.Kind, LedgerEntryWriter.NameOf(entry.Kind));
        yield return (LookupField.Subject, entry.Subject.ToString());
        if (entry.TraceId is { } trace)
        {
            yield return (LookupField.Trace, trace.ToString("D"));
        }

        foreach (var person in entry.Sealed.Values.Select(f => f.Subject).Distinct())
        {
            yield return (LookupField.Person, person.ToString());
        }

        foreach (var (kind, subject) in LineageLinks.Of(entry).Distinct())
        {
            yield return (LookupField.Cause, CauseOf(kind, subject));
        }
    }

    /// <summary>The value by which the effects of an entry are found: its kind and subject.</summary>
    internal static string CauseOf(LedgerEntryKind kind, Digest subject) => LedgerEntryWriter.NameOf(kind) + ":" + subject.Hex;

    /// <summary>The idempotency key that a caller's key makes: the SHA-256 of <c>key:</c> and the key in UTF-8.</summary>
    /// <param name="key">The key of the entry.</param>
    public static MerkleHash KeyOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return MerkleHash.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes("key:" + key)));
    }
}
