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
    /// <summary>What the gate decided, or null when that could not be read.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The approvals, or null when they could not be counted.</summary>
    public ApprovalCount? Approvals { get; init; }

    /// <summary>What holds now: the gate's verdict, and allow when a review has got all that it asked for.</summary>
    public string Effective => Verdict switch
    {
        null => "unknown",
        Provenance.Evidence.Verdict.Review when Approvals is { Missing.Count: 0, Granted.Count: > 0 } => "allow",
        _ => Verdict.Value.ToString().ToLowerInvariant(),
    };

    /// <summary>The result in words.</summary>
    public string Result => Findings.Count > 0 ? "refused" : SignerEstablished ? "verified" : "consistent, signer not established";

    /// <summary>0 verified, 2 refused, 3 consistent but the signer is not known to the caller.</summary>
    public int ExitCode => Findings.Count > 0 ? Commands.ExitCode.Deny : SignerEstablished ? Commands.ExitCode.Allow : Commands.ExitCode.Review;

    /// <summary>The report as text.</summary>
    public void Print(RunConsole console)
    {
        console.Line(Result);
        foreach (var finding in Findings)
        {
            console.Line("  " + finding);
        }

        foreach (var note in Notes)
        {
            console.Line("  note: " + note);
        }

        console.Line($"  verdict of the gate: {Verdict?.ToString().ToLowerInvariant() ?? "unknown"}; now: {Effective}");
        foreach (var approval in Approvals?.Granted ?? [])
        {
            console.Line($"  approved as {approval.Role} by {approval.Person}");
        }

        foreach (var missing in Approvals?.Missing ?? [])
        {
            console.Line($"  approval missing: {missing}");
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
        ["findings"] = new JsonArray([.. Findings.Select(f => (JsonNode)new JsonObject { ["rule"] = f.Rule, ["file"] = f.File, ["message"] = f.Message })]),
        ["notes"] = new JsonArray([.. Notes.Select(n => (JsonNode?)n)]),
        ["approvals"] = new JsonArray([.. (Approvals?.Granted ?? []).Select(a => (JsonNode)new JsonObject { ["role"] = a.Role, ["person"] = a.Person })]),
        ["missing"] = new JsonArray([.. (Approvals?.Missing ?? []).Select(m => (JsonNode?)m)]),
    }.ToJsonString())));
}
