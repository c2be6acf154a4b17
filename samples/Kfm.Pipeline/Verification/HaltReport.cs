using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Commands;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Verification;

/// <summary>What is halted, as text and as JSON.</summary>
/// <param name="State">What the ledger says.</param>
internal sealed record HaltReport(HaltState State)
{
    public int ExitCode => State.IsHalted ? Commands.ExitCode.Deny : Commands.ExitCode.Allow;

    public string ToText()
    {
        var text = new StringBuilder(State.IsHalted ? "" : "Nothing is halted.\n");
        foreach (var halt in State.Standing)
        {
            text.Append(CultureInfo.InvariantCulture, $"{halt.Label} halted since {Time(halt)} (entry {halt.Index}): {halt.Reason}\n  missing to resume: {string.Join(", ", halt.Missing)}\n");
            text.Append(halt.Doubt is null ? "" : $"  it counts, although {halt.Doubt}\n");
        }

        foreach (var refused in State.Refused)
        {
            text.Append(CultureInfo.InvariantCulture, $"entry {refused.Index} ends nothing: {refused.Reason}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>One JSON object in one line.</summary>
    public string ToJson() => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(new JsonObject
    {
        ["command"] = "halt",
        ["exitCode"] = ExitCode,
        ["halted"] = new JsonArray([.. State.Standing.Select(Json)]),
        ["refused"] = new JsonArray([.. State.Refused.Select(r => (JsonNode)new JsonObject { ["entry"] = r.Index, ["reason"] = r.Reason })]),
    }));

    private static JsonNode Json(StandingHalt halt) => new JsonObject
    {
        ["scope"] = halt.Label,
        ["entry"] = halt.Index,
        ["halt"] = halt.Envelope.ToString(),
        ["since"] = Time(halt),
        ["reason"] = halt.Reason,
        ["doubt"] = halt.Doubt,
        ["missing"] = new JsonArray([.. halt.Missing.Select(m => (JsonNode?)m)]),
    };

    private static string Time(StandingHalt halt) => EvidenceTime.Format(EvidenceTime.Truncate(halt.Since));
}
