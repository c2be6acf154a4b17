using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Autonomy;

/// <summary>The entries of the ledger about halts: the envelope itself is in them, so that the state is read from the ledger alone.</summary>
public static class HaltEntry
{
    internal const string EnvelopeName = "envelope";

    /// <summary>The entry of a halt.</summary>
    /// <param name="statement">What was signed.</param>
    /// <param name="envelope">The JSON of the DSSE envelope.</param>
    public static LedgerEntry Of(HaltStatement statement, byte[] envelope)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Entry(LedgerEntryKind.Halt, statement.Repository, statement.Service, statement.Role, statement.Time, envelope, [new LedgerLink("policies", statement.PolicySet)]);
    }

    /// <summary>The entry of the end of a halt.</summary>
    /// <param name="statement">What was signed.</param>
    /// <param name="envelope">The JSON of the DSSE envelope.</param>
    public static LedgerEntry Of(ResumeStatement statement, byte[] envelope)
    {
        ArgumentNullException.ThrowIfNull(statement);
        LedgerLink[] links = [new("halt", statement.Halt), new("policies", statement.PolicySet)];
        return Entry(LedgerEntryKind.Resume, statement.Repository, statement.Service, statement.Role, statement.Time, envelope, links);
    }

    /// <summary>The attributes that an entry has beside the envelope.</summary>
    internal static Dictionary<string, string> Attributes(string? service, string role)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["role"] = role, ["scope"] = service is null ? HaltStatement.Global : HaltStatement.PerService };
        if (service is not null)
        {
            attributes["service"] = service;
        }

        return attributes;
    }

    private static LedgerEntry Entry(LedgerEntryKind kind, string repository, string? service, string role, DateTimeOffset time, byte[] envelope, IReadOnlyList<LedgerLink> links)
    {
        var attributes = Attributes(service, role);
        attributes[EnvelopeName] = Convert.ToBase64String(envelope);
        return new LedgerEntry { Kind = kind, Repository = repository, Subject = Digest.Of(envelope), Links = links, Time = time, Attributes = attributes };
    }
}
