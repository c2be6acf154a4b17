using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Verification;

/// <summary>What a verification found.</summary>
internal sealed record VerificationReport(IReadOnlyList<VerificationFinding> Findings, IReadOnlyList<string> Notes, bool SignerEstablished, string Signer)
{
    /// <summary>What the record says that the gate decided, whoever wrote it; null when that could not be read.</summary>
    public Verdict? Recorded { get; init; }

    /// <summary>The approvals, or null when they could not be counted.</summary>
    public ApprovalCount? Approvals { get; init; }

    /// <summary>The overrides, or null when there are none or they could not be counted.</summary>
    public OverrideCount? Overrides { get; init; }

    /// <summary>Whether nothing is wrong, and somebody whom the caller trusts vouches for it.</summary>
    public bool IsVerified => Findings.Count == 0 && SignerEstablished;

    /// <summary>What the gate decided; null unless the bundle is verified.</summary>
    public Verdict? Verdict => IsVerified ? Recorded : null;

    /// <summary>What holds now: the gate's verdict, and allow when a review has got all that it asked for; unknown unless the bundle is verified.</summary>
    public string Effective => Verdict switch
    {
        null => "unknown",
        Provenance.Evidence.Verdict.Deny when Overrides is { IsLifted: true } => Approvals is { Missing.Count: 0 } ? "allow" : "review",
        Provenance.Evidence.Verdict.Review when Approvals is { Missing.Count: 0, Granted.Count: > 0 } => "allow",
        _ => Verdict.Value.ToString().ToLowerInvariant(),
    };

    /// <summary>The result in words.</summary>
    public string Result => Findings.Count > 0 ? "refused" : SignerEstablished ? "verified" : "consistent, signer not established";

    /// <summary>0 verified and allowed, 2 refused or denied, 3 an approval is missing or the signer is not known to the caller.</summary>
    public int ExitCode => Findings.Count > 0 ? Commands.ExitCode.Deny : Effective switch
    {
        "allow" => Commands.ExitCode.Allow,
        "review" or "unknown" => Commands.ExitCode.Review,
        _ => Commands.ExitCode.Deny,
    };

    /// <summary>The report as text.</summary>
    public void Print(RunConsole console)
    {
        console.Line(Result);
        foreach (var finding in Findings)
        {
            console.Line("  " + Plain(finding.ToString()));
        }

        foreach (var note in Notes)
        {
            console.Line("  note: " + Plain(note));
        }

        if (!IsVerified)
        {
            console.Line("  no verdict: nobody whom you trust vouches for " + (Findings.Count > 0 ? "these files" : "what the record says"));
            return;
        }

        console.Line($"  verdict of the gate: {Recorded?.ToString().ToLowerInvariant()}; now: {Effective}");
        foreach (var granted in Overrides?.Granted ?? [])
        {
            console.Line($"  gate {Plain(granted.Statement.Gate)} overridden as {granted.Statement.Role} by {Plain(granted.Statement.Person)} until {EvidenceTime.Format(granted.Statement.Until)}: {Plain(granted.Statement.Reason)}");
        }

        foreach (var approval in Approvals?.Granted ?? [])
        {
            console.Line($"  approved as {approval.Role} by {Plain(approval.Person)}, {Plain(Approvals!.By(approval))}");
        }

        foreach (var missing in Missing)
        {
            console.Line($"  approval missing: {Plain(missing)}");
        }
    }

    /// <summary>The report as one JSON object in one line.</summary>
    public string ToJson() => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["command"] = "verify",
        ["result"] = Result,
        ["exitCode"] = ExitCode,
        ["signer"] = Signer,
        ["signerEstablished"] = SignerEstablished,
        ["verdict"] = Verdict?.ToString().ToLowerInvariant(),
        ["effective"] = Effective,
        ["findings"] = new JsonArray([.. Findings.Select(f => (JsonNode)new JsonObject { ["rule"] = f.Rule, ["file"] = Plain(f.File), ["message"] = Plain(f.Message) })]),
        ["notes"] = new JsonArray([.. Notes.Select(n => (JsonNode?)Plain(n))]),
        ["approvals"] = new JsonArray([.. (IsVerified ? Approvals?.Granted ?? [] : []).Select(a => (JsonNode)new JsonObject { ["role"] = a.Role, ["person"] = a.Person, ["by"] = Plain(Approvals!.By(a)) })]),
        ["missing"] = new JsonArray([.. Missing.Select(m => (JsonNode?)m)]),
        ["overrides"] = OverridesJson(),
    }.ToJsonString())));

    private JsonObject OverridesJson() => new()
    {
        ["counted"] = new JsonArray([.. (IsVerified ? Overrides?.Granted ?? [] : []).Select(g => (JsonNode)new JsonObject
        {
            ["file"] = g.Name,
            ["gate"] = g.Statement.Gate,
            ["lifts"] = new JsonArray([.. g.Statement.Lifts.Select(r => (JsonNode?)Plain(r))]),
            ["person"] = g.Statement.Person,
            ["role"] = g.Statement.Role,
            ["until"] = EvidenceTime.Format(g.Statement.Until),
        })]),
        ["refused"] = new JsonArray([.. (Overrides?.Refused ?? []).Select(r => (JsonNode)new JsonObject { ["file"] = Plain(r.Name), ["reason"] = Plain(r.Reason) })]),
        ["standing"] = new JsonArray([.. (Overrides?.Standing ?? []).Select(r => (JsonNode?)Plain(r))]),
    };

    // No approval changes a denial, so none is missing there.
    private IReadOnlyList<string> Missing => Effective == "review" ? Approvals?.Missing ?? [] : [];

    // File names and messages hold foreign text: it must not steer the reader's terminal, nor be half a character.
    private static string Plain(string text) => string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) ? "?" : r.ToString()));
}
