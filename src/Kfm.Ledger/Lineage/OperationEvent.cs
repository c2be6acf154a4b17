using System.Globalization;
using System.Text;
using Kfm.Ledger.Entries;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Lineage;

/// <summary>
/// Something that happened in operation: a deployment, a rollback, an incident or its end. Makes the entry that the lineage and the DORA figures read.
/// </summary>
public sealed record OperationEvent
{
    private const string By = "by";
    private const string KeyId = "keyId";
    private const string Signature = "signature";

    /// <summary>Deployment, Rollback or Incident.</summary>
    public required LedgerEntryKind Kind { get; init; }

    /// <summary>What it came from: entries of the log, at least one. An incident links its deployment, the end of an incident the incident, a rollback both.</summary>
    public required IReadOnlyList<LogEntry> Causes { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who says so: a pseudonymous id, such as <c>ci:deploy</c>; not empty. No personal data.</summary>
    public required string Reporter { get; init; }

    /// <summary>Where, such as <c>production</c>; null where it does not apply.</summary>
    public string? Environment { get; init; }

    /// <summary>Whether the deployment failed.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Whether this is the end of an incident.</summary>
    public bool IsResolution { get; init; }

    /// <summary>A short text without personal data, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Makes the entry.</summary>
    /// <param name="signer">The key of the reporter, or null: then the entry is attributed, and nothing proves it.</param>
    /// <exception cref="InvalidOperationException">The kind is another one, a cause or the reporter is missing, or the causes are of several repositories.</exception>
    public LedgerEntry ToEntry(SigningKey? signer = null)
    {
        if (Kind is not (LedgerEntryKind.Deployment or LedgerEntryKind.Rollback or LedgerEntryKind.Incident)
            || Causes.Count == 0
            || string.IsNullOrEmpty(Reporter)
            || Causes.Any(c => c.Entry.Repository != Causes[0].Entry.Repository))
        {
            throw new InvalidOperationException("An event is a deployment, a rollback or an incident, with causes of one repository and a reporter.");
        }

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal) { [By] = Reporter };
        Add(attributes, DoraReport.EnvironmentName, Environment);
        Add(attributes, DoraReport.ResultName, HasFailed ? DoraReport.Failed : null);
        Add(attributes, DoraReport.StateName, IsResolution ? DoraReport.Resolved : null);
        Add(attributes, "note", Note);
        Add(attributes, KeyId, signer?.KeyId);
        var entry = new LedgerEntry
        {
            Kind = Kind,
            TraceId = Causes.Select(c => c.Entry.TraceId).FirstOrDefault(t => t is not null),
            Repository = Causes[0].Entry.Repository,
            Subject = SubjectOf(attributes),
            Links = [.. Causes.OrderBy(c => c.Index).Select(c => new LedgerLink(LedgerEntryWriter.NameOf(c.Entry.Kind), c.Entry.Subject))],
            Time = Time,
            Attributes = attributes,
        };
        return signer is null ? entry : entry with
        {
            Attributes = new Dictionary<string, string>(attributes, StringComparer.Ordinal) { [Signature] = Convert.ToBase64String(signer.Sign(entry.ToBytes())) },
        };
    }

    /// <summary>Whether an entry carries a signature of a key, over its own bytes without the signature.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="key">The key that the caller trusts to report.</param>
    public static bool IsSignedBy(LedgerEntry entry, VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(key);
        if (!entry.Attributes.TryGetValue(Signature, out var text) || entry.Attributes.GetValueOrDefault(KeyId) != key.KeyId)
        {
            return false;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && key.Verify((entry with { Attributes = entry.Attributes.Where(a => a.Key != Signature).ToDictionary(StringComparer.Ordinal) }).ToBytes(), bytes.AsSpan(0, length));
    }

    // Each event is a thing of its own, so that others can refer to it: what happened, when, to what.
    private Digest SubjectOf(Dictionary<string, string> attributes)
    {
        var text = new StringBuilder("kfm-operation-event-v1\n").Append(LedgerEntryWriter.NameOf(Kind)).Append('\n')
            .Append(Time.UtcDateTime.ToString(LedgerEntryWriter.TimeFormat, CultureInfo.InvariantCulture)).Append('\n');
        foreach (var cause in Causes.OrderBy(c => c.Index))
        {
            text.Append(cause.LeafHash).Append('\n');
        }

        foreach (var (name, value) in attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}={value.Length}:{value}\n");
        }

        return Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Add(Dictionary<string, string> attributes, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            attributes.Add(name, value);
        }
    }
}
