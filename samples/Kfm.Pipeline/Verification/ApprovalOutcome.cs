using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Verification;

/// <summary>The end of an approval.</summary>
/// <param name="ExitCode">0 nothing is missing, 2 refused, 3 something is still missing.</param>
/// <param name="Message">What happened.</param>
internal sealed record ApprovalOutcome(int ExitCode, string Message)
{
    /// <summary>The command.</summary>
    public string Command { get; init; } = "approve";

    /// <summary>The roles that are still missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>One JSON object in one line.</summary>
    public string ToJson() => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["command"] = Command,
        ["exitCode"] = ExitCode,
        ["message"] = Message,
        ["missing"] = new JsonArray([.. Missing.Select(m => (JsonNode?)m)]),
    }.ToJsonString())));
}
