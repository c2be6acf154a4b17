using System.Globalization;
using Kfm.Agent.Autonomy;
using Kfm.Gates.Scanning;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>A person stops agents, or lets them work again.</summary>
/// <param name="At">The base, whose people and policies are asked.</param>
/// <param name="Service">The component, or null for everything.</param>
/// <param name="Reason">Why.</param>
/// <param name="Key">The private key of the person.</param>
internal sealed record HaltRequest(RepositoryBase At, string? Service, string Reason, string Key)
{
    /// <summary>The role, or null for the first that fits.</summary>
    public string? Role { get; init; }

    /// <summary>The ledger, or null for the user's own.</summary>
    public string? Ledger { get; init; }

    /// <summary>The key of the ledger, or null for the user's own.</summary>
    public string? LogKey { get; init; }

    /// <summary>Signs a halt and enters it; makes the ledger where there is none.</summary>
    public ApprovalOutcome Halt(HostEnvironment host)
    {
        using var key = LocalSigningKey.Load(Key);
        var (person, fault) = Person(key);
        var role = Role ?? person?.Roles[0];
        if ((fault ?? Unfit(person!, role!)) is { } why)
        {
            return Refused("halt", why);
        }

        if (Service is not null && !At.Settings.Components.Any(c => c.Name == Service))
        {
            return Refused("halt", $"kfm.json has no component '{Service}'; it has {string.Join(", ", At.Settings.Components.Select(c => c.Name).DefaultIfEmpty("none"))}");
        }

        var statement = new HaltStatement { Repository = At.Uri, Service = Service, Role = role!, Reason = Reason, Time = EvidenceTime.Truncate(host.Time.GetUtcNow()), PolicySet = At.Policies.Digest };
        var envelope = DsseEnvelope.Sign(HaltStatement.PayloadType, statement.ToUtf8(), key).ToJson();
        return new ApprovalOutcome(ExitCode.Allow, $"halted {Scope} as {role}. {With(host, log => Append(log, HaltEntry.Of(statement, envelope)))}") { Command = "halt" };
    }

    /// <summary>Signs the end of the newest halt of the scope and enters it, where it counts.</summary>
    public ApprovalOutcome Resume(HostEnvironment host)
    {
        var state = HaltLedger.Read(At, Ledger, host);
        if (state.Standing.LastOrDefault(h => h.Service == Service) is not { } halt)
        {
            return Refused("resume", $"nothing of the scope {Scope} is halted");
        }

        using var key = LocalSigningKey.Load(Key);
        var (person, fault) = Person(key);
        var role = Role ?? HaltRules.Roles(Service).Where(r => person?.Roles.Contains(r, StringComparer.Ordinal) == true).OrderBy(r => halt.Missing.Contains(r, StringComparer.Ordinal) ? 0 : 1).FirstOrDefault();
        if ((fault ?? (role is null ? $"{person!.Id} has none of the roles {string.Join(", ", HaltRules.Roles(Service))}" : Unfit(person!, role))) is { } why)
        {
            return Refused("resume", why);
        }

        var statement = new ResumeStatement
        {
            Halt = halt.Envelope,
            Repository = At.Uri,
            Service = Service,
            Role = role!,
            Reason = Reason,
            Time = EvidenceTime.Truncate(host.Time.GetUtcNow()),
            PolicySet = At.Policies.Digest,
        };
        var entry = HaltEntry.Of(statement, DsseEnvelope.Sign(ResumeStatement.PayloadType, statement.ToUtf8(), key).ToJson());
        return With(host, log => Resume(log, entry, halt, host));
    }

    private string Scope => Service is null ? HaltStatement.Global : $"{HaltStatement.PerService}:{Service}";

    private ApprovalOutcome Resume(TransparencyLog log, LedgerEntry entry, StandingHalt halt, HostEnvironment host)
    {
        var counted = HaltRules.Count(HaltLedger.Context(At, host), [.. HaltLedger.Entries(log), new LogEntry(log.Size, entry.ToBytes(), entry)]);
        if (counted.Refused.FirstOrDefault(r => r.Index == log.Size) is { } refusal)
        {
            return Refused("resume", refusal.Reason);
        }

        var appended = Append(log, entry);
        var missing = counted.Standing.FirstOrDefault(h => h.Index == halt.Index)?.Missing ?? [];
        return new ApprovalOutcome(
            missing.Count == 0 ? ExitCode.Allow : ExitCode.Review,
            $"{(missing.Count == 0 ? "resumed" : "signed to resume")} {Scope}{(missing.Count == 0 ? "" : "; still missing: " + string.Join(", ", missing))}. {appended}")
        { Command = "resume", Missing = missing };
    }

    private (Person? Person, string? Fault) Person(LocalSigningKey key) =>
        At.People.People.FirstOrDefault(p => p.Keys.Contains(key.PublicKey)) is not { } person ? (null, "the key is not one of the people file's")
        : person.Roles.Count == 0 ? (null, $"{person.Id} has no role")
        : (person, null);

    private string? Unfit(Person person, string role) =>
        !person.Roles.Contains(role, StringComparer.Ordinal) ? $"{person.Id} does not have the role {role}"
        : !HaltStatement.IsReason(Reason) ? $"a reason has {HaltStatement.MinReason} to {HaltStatement.MaxReason} characters in one line"
        : SecretScanner.Scan(Reason).Count > 0 ? "the reason holds a secret"
        : null;

    private T With<T>(HostEnvironment host, Func<TransparencyLog, T> work)
    {
        var path = LedgerAccess.PathOf(Ledger, At.Uri, host);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var key = StateKeys.Log(LogKey, host.StateFolder);
        using var log = Open(path, key, host);
        return work(log);
    }

    // A key that is not the log's own must not keep anybody from halting; the checkpoint is then for the next run to sign.
    private TransparencyLog Open(string path, LocalSigningKey key, HostEnvironment host)
    {
        try
        {
            return LedgerAccess.Open(path, At.Uri, key, host);
        }
        catch (LedgerException e) when (e.Fault == LedgerFault.OtherLog && File.Exists(path))
        {
            var log = LedgerAccess.Existing(path, host);
            if (log.Origin == LedgerAccess.Origin(At.Uri))
            {
                return log;
            }

            log.Dispose();
            throw;
        }
    }

    private static string Append(TransparencyLog log, LedgerEntry entry)
    {
        var receipt = log.Append([entry])[0];
        var told = string.Create(CultureInfo.InvariantCulture, $"Entry {receipt.Index} of the ledger.");
        try
        {
            _ = log.Checkpoint();
            return told;
        }
        catch (InvalidOperationException)
        {
            return told + " No checkpoint was signed, so that an older copy of the ledger would not be noticed; name the ledger's key by --log-key.";
        }
    }

    private static ApprovalOutcome Refused(string command, string why) => new(ExitCode.Deny, $"{(command == "halt" ? "not halted" : "not resumed")}: {why}.") { Command = command };
}
