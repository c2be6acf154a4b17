using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.PullRequests.GitHub;
using Kfm.Pipeline.Commands;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.GitHub;

/// <summary>What was written to GitHub.</summary>
/// <param name="Number">The pull request.</param>
/// <param name="Status">The status of the judged head.</param>
/// <param name="IsStale">Whether the pull request stands at a head that was not judged.</param>
/// <param name="Present">The head at which it stands.</param>
/// <param name="Refused">Whom GitHub does not let be asked for a review.</param>
internal sealed record GitHubOutcome(long Number, GateStatus Status, bool IsStale, string Present, IReadOnlyList<string> Refused)
{
    /// <summary>What became of reviews.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];

    /// <summary>0 when the merge is free, 2 when the gate denies or nobody vouches, 3 when something is missing or the head is another.</summary>
    public int ExitCode => Status.State switch
    {
        GitHubStatusState.Success => IsStale ? Commands.ExitCode.Review : Commands.ExitCode.Allow,
        GitHubStatusState.Pending => Commands.ExitCode.Review,
        _ => Commands.ExitCode.Deny,
    };

    /// <summary>One line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"pull request {Number}: {Status.State.ToString().ToLowerInvariant()}, {Status.Description}")
        + (IsStale ? $"; stale: it stands at {Present[..12]}, which nobody has judged" : "")
        + string.Concat(Taken.Select(t => "; " + t))
        + (Refused.Count > 0 ? $"; GitHub does not let be asked: {string.Join(", ", Refused)}" : "");

    /// <summary>One JSON object in one line.</summary>
    public string ToJson() => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["command"] = "github sync",
        ["exitCode"] = ExitCode,
        ["pullRequest"] = Number,
        ["state"] = Status.State.ToString().ToLowerInvariant(),
        ["description"] = Status.Description,
        ["stale"] = IsStale,
        ["present"] = Present,
        ["reviews"] = new JsonArray([.. Taken.Select(t => (JsonNode?)t)]),
        ["notAsked"] = new JsonArray([.. Refused.Select(r => (JsonNode?)r)]),
    }.ToJsonString())));
}
