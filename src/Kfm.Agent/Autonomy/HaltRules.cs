using Kfm.Gates.Scanning;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Provenance;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.Autonomy;

/// <summary>Which halts hold.</summary>
/// <remarks>
/// Every entry of the kind halt counts, also one that nobody of today signed; one that cannot be read, or whose attributes say something else,
/// halts everything. It holds until it is lifted by statements that name it, or a later halt of the same scope, and that people of today signed
/// after it: everything by two persons, one as council and one as security; a component by a lead, under other policies than those of the halt.
/// </remarks>
public static class HaltRules
{
    private static readonly string[] GlobalRoles = [ApprovalRoles.Council, ApprovalRoles.Security];
    private static readonly string[] ServiceRoles = [ApprovalRoles.Lead];

    /// <summary>The roles that lift a halt, all of them.</summary>
    /// <param name="service">The component, or null for a halt of everything.</param>
    public static IReadOnlyList<string> Roles(string? service) => service is null ? GlobalRoles : ServiceRoles;

    /// <summary>Counts halts and their ends.</summary>
    /// <param name="context">What they are counted against.</param>
    /// <param name="entries">The entries of the kinds halt and resume; others are passed over.</param>
    public static HaltState Count(HaltContext context, IEnumerable<LogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(entries);
        var (halts, ends, refused) = (new List<Halted>(), new List<Ended>(), new List<RefusedResume>());
        foreach (var entry in entries.OrderBy(e => e.Index))
        {
            if (entry.Entry.Kind == LedgerEntryKind.Halt)
            {
                halts.Add(Read(context, entry));
            }
            else if (entry.Entry.Kind == LedgerEntryKind.Resume)
            {
                if (Examine(context, halts, entry, out var end) is { } reason)
                {
                    refused.Add(new RefusedResume(entry.Index, reason));
                }
                else
                {
                    ends.Add(end!);
                }
            }
        }

        return new HaltState([.. halts.Select(h => (Halt: h, Missing: Missing(context, h, ends))).Where(h => h.Missing.Count > 0).Select(h => h.Halt.Standing(h.Missing))], refused);
    }

    private static List<string> Missing(HaltContext context, Halted halt, List<Ended> ends)
    {
        var covering = ends.Where(e => e.Service == halt.Service && halt.Index <= e.UpTo).ToArray();
        var roles = Roles(halt.Service);
        var missing = roles.Where(role => !covering.Any(e => e.Role == role)).ToList();
        if (halt.Service is null)
        {
            // Two persons: one who has both roles counts once, in whichever role lets somebody else have the other one.
            if (missing.Count == 0 && !covering.Any(a => covering.Any(b => a.Role == roles[0] && b.Role == roles[1] && a.Person != b.Person)))
            {
                missing.Add($"another person for {roles[0]} or {roles[1]}");
            }
        }
        else if (context.PolicySet == halt.Policies || (covering.Length > 0 && covering.All(e => e.Policies == halt.Policies)))
        {
            missing.Add("changed policies");
        }

        return missing;
    }

    private static Halted Read(HaltContext context, LogEntry entry)
    {
        var (envelope, reason) = Envelope(entry.Entry);
        try
        {
            if (envelope is not null)
            {
                var statement = HaltStatement.Parse(envelope.Payload.Span);
                reason = !Agrees(entry.Entry, statement.Repository, statement.Service, statement.Role) ? "its attributes say something else than what was signed"
                    : statement.Repository != context.Repository ? "it is about another repository"
                    : null;
                return new Halted(entry, reason is null ? statement.Service : null, statement.PolicySet, statement.Time, SecretScanner.Redact(statement.Reason), reason ?? Unsigned(context, envelope, statement));
            }
        }
        catch (KfmException e)
        {
            reason = e.Message;
        }

        return new Halted(entry, null, null, entry.Entry.Time, "not readable", reason);
    }

    private static string? Unsigned(HaltContext context, PersonalEnvelope envelope, HaltStatement statement) =>
        Signer(context, envelope) is { } person ? envelope.Refuse(Everybody(context), person.Id, statement.Role, HaltStatement.PayloadType) : "nobody of the people file has signed it";

    private static string? Examine(HaltContext context, List<Halted> halts, LogEntry entry, out Ended? end)
    {
        end = null;
        var (envelope, reason) = Envelope(entry.Entry);
        if (envelope is null)
        {
            return reason;
        }

        ResumeStatement statement;
        try
        {
            statement = ResumeStatement.Parse(envelope.Payload.Span);
        }
        catch (KfmException e)
        {
            return e.Message;
        }

        var halt = halts.LastOrDefault(h => h.Envelope == statement.Halt);
        if ((About(context, entry.Entry, statement) ?? Fits(context, halt, statement)) is { } misfit)
        {
            return misfit;
        }

        if (Signer(context, envelope) is not { } person)
        {
            return "nobody of the people file has signed it";
        }

        end = new Ended(halt!.Index, statement.Service, statement.Role, person.Id, statement.PolicySet);
        return envelope.Refuse(Everybody(context) with { ExcludedKeys = context.ExcludedKeys }, person.Id, statement.Role, ResumeStatement.PayloadType);
    }

    private static string? About(HaltContext context, LedgerEntry entry, ResumeStatement statement) =>
        statement.Repository != context.Repository ? "it is about another repository"
        : !Agrees(entry, statement.Repository, statement.Service, statement.Role) ? "the attributes of its entry say something else than what was signed"
        : SecretScanner.Scan(statement.Reason).Count > 0 ? "its reason holds a secret"
        : statement.Time > context.Now ? $"it was signed at {EvidenceTime.Format(statement.Time)}, and the time is before that"
        : null;

    private static string? Fits(HaltContext context, Halted? halt, ResumeStatement statement) =>
        halt is null ? "it names a halt that the ledger does not have before it"
        : halt.Service != statement.Service ? $"it names a halt of another scope, {halt.Label}"
        : !Roles(statement.Service).Contains(statement.Role, StringComparer.Ordinal) ? $"the role {statement.Role} ends nothing here; {string.Join(" and ", Roles(statement.Service))} can"
        : statement.Time < halt.Since ? "it was signed before the halt"
        : statement.Service is not null && statement.PolicySet == halt.Policies ? "the policies are still those of the halt"
        : null;

    private static (PersonalEnvelope? Envelope, string? Reason) Envelope(LedgerEntry entry)
    {
        if (!entry.Attributes.TryGetValue(HaltEntry.EnvelopeName, out var text))
        {
            return (null, "its entry has no envelope");
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count) || Digest.Of(bytes.AsSpan(0, count)) != entry.Subject)
        {
            return (null, "its entry holds another envelope than the one that it is about");
        }

        try
        {
            return PersonalEnvelope.Read(bytes.AsMemory(0, count));
        }
        catch (KfmException e)
        {
            return (null, e.Message);
        }
    }

    private static bool Agrees(LedgerEntry entry, string repository, string? service, string role)
    {
        var signed = HaltEntry.Attributes(service, role);
        return entry.Repository == repository
            && entry.Attributes.Count == signed.Count + 1
            && signed.All(s => entry.Attributes.TryGetValue(s.Key, out var value) && value == s.Value);
    }

    // The id of the key is a hint; whether the key has signed is asked with the person that it leads to.
    private static Person? Signer(HaltContext context, PersonalEnvelope envelope) => context.People.People.FirstOrDefault(p => p.Keys.Any(k => k.KeyId == envelope.KeyId));

    private static SignerRules Everybody(HaltContext context) =>
        new(context.People, new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal)) { Act = "resume" };

    private sealed record Halted(LogEntry Entry, string? Service, Digest? Policies, DateTimeOffset Since, string Reason, string? Doubt)
    {
        public long Index => Entry.Index;

        public Digest Envelope => Entry.Entry.Subject;

        public string Label => Standing([]).Label;

        public StandingHalt Standing(IReadOnlyList<string> missing) => new(Index, Envelope, Service, Since, Reason, Doubt, missing);
    }

    private sealed record Ended(long UpTo, string? Service, string Role, string Person, Digest Policies);
}
