using Kfm.Agent.Autonomy;
using Kfm.Gates.Overrides;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>A person asks to override a gate that denied.</summary>
internal sealed record OverrideRequest(string Directory, string Gate, IReadOnlyList<string> Scope, DateTimeOffset Until, string Reason, string Key)
{
    /// <summary>The role, or null for the first one that the person has and the terms name.</summary>
    public string? Role { get; init; }

    /// <summary>The trust file, or null for the user's own trust.</summary>
    public string? Trust { get; init; }

    /// <summary>The ledger, or null for the user's own.</summary>
    public string? Ledger { get; init; }

    /// <summary>The key of the ledger, or null for the user's own.</summary>
    public string? LogKey { get; init; }

    /// <summary>Verifies the bundle, signs, counts, logs, and only then writes.</summary>
    /// <exception cref="OverrideScopeException">The scope names no reason of the gate.</exception>
    public ApprovalOutcome Execute(HostEnvironment host)
    {
        using var bundle = RunBundle.Read(Directory);
        var report = BundleVerifier.Verify(bundle, Trust, host);
        if (report.Findings.Count > 0)
        {
            return Refused($"the bundle does not verify ({report.Findings[0]})");
        }

        if (!report.SignerEstablished)
        {
            return Refused($"nobody whom you trust vouches for the bundle ({string.Join("; ", report.Notes)})");
        }

        var graph = EvidenceGraph.Parse(bundle.Bytes(BundleFiles.Evidence));
        var trust = OwnTrust.Load(Trust, graph.Trace.Repository, host);
        using var key = LocalSigningKey.Load(Key);
        return trust.People?.People.FirstOrDefault(p => p.Keys.Contains(key.PublicKey)) is { } person
            ? Add(bundle, graph, BundleOverrides.Context(bundle, graph, trust.People, trust, report.Signer, host.Time.GetUtcNow()), person, key, host)
            : Refused("the key is not one of the people file's");
    }

    private ApprovalOutcome Add(RunBundle bundle, EvidenceGraph graph, OverrideContext context, Person person, LocalSigningKey key, HostEnvironment host)
    {
        if (context.Terms.Refusal is { } nothing)
        {
            return Refused(nothing);
        }

        var role = Role ?? context.Terms.Roles.FirstOrDefault(r => person.Roles.Contains(r, StringComparer.Ordinal));
        if (role is null || !OverrideStatement.IsJustification(Reason))
        {
            return Refused(role is null
                ? $"{person.Id} has none of the roles {string.Join(", ", context.Terms.Roles)}"
                : $"a justification has {OverrideStatement.MinReason} to {OverrideStatement.MaxReason} characters in one line and at least three words");
        }

        if (!File.Exists(LedgerAccess.PathOf(Ledger, graph.Trace.Repository, host)))
        {
            return Refused("an override must stand in the ledger, and there is none here; name it by --ledger");
        }

        return Write(bundle, graph, context, Statement(graph, context, person, role), key, host);
    }

    private OverrideStatement Statement(EvidenceGraph graph, OverrideContext context, Person person, string role) => new()
    {
        Decision = context.Decision.Digest,
        Repository = graph.Trace.Repository,
        Head = context.Head,
        Gate = Gate,
        Lifts = OverrideStatement.Sorted(context.Terms.Resolve(Gate, Scope)),
        Person = person.Id,
        Role = role,
        Reason = Reason,
        From = EvidenceTime.Truncate(context.Now),
        Until = EvidenceTime.Truncate(Until),
    };

    private ApprovalOutcome Write(RunBundle bundle, EvidenceGraph graph, OverrideContext context, OverrideStatement statement, LocalSigningKey key, HostEnvironment host)
    {
        var envelope = DsseEnvelope.Sign(OverrideStatement.PayloadType, statement.ToUtf8(), key).ToJson();
        var name = BundleOverrides.Name(Gate, envelope);
        var count = OverrideRules.Count(context, [.. BundleOverrides.Files(bundle), new OverrideFile(name, envelope)]);
        if (count.Refused.FirstOrDefault(r => r.Name == name) is { } refusal)
        {
            return Refused(refusal.Reason);
        }

        // The id of the key leads to the person by the people file alone, so that the ledger names nobody.
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["gate"] = Gate,
            ["keyId"] = key.KeyId,
            ["role"] = statement.Role,
            ["until"] = EvidenceTime.Format(statement.Until),
        };
        var log = new ApprovalLog(Ledger, LogKey) { Kind = LedgerEntryKind.Override };
        var logged = log.Append(graph, statement.Decision, Digest.Of(envelope), statement.From, attributes, host);
        bundle.Write(name, envelope);
        var state = count.IsLifted ? "nothing denies any more" : "still denied: " + string.Join("; ", count.Standing);
        return new ApprovalOutcome(count.IsLifted ? ExitCode.Allow : ExitCode.Review, $"overridden as {statement.Role} by {statement.Person}; {state}. {logged}") { Command = "override" };
    }

    private static ApprovalOutcome Refused(string why) => new(ExitCode.Deny, $"not overridden: {why}.") { Command = "override" };
}
