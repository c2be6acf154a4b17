using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The review of an <see cref="AgentDecision"/> by a person.</summary>
/// <param name="Reviewed">Whether a person looked at the decision.</param>
/// <param name="OverrodeAgent">Whether the person concluded something else.</param>
public sealed record AgentOversight(bool Reviewed, bool OverrodeAgent)
{
    /// <summary>A pseudonym of the reviewer, or null.</summary>
    public string? ReviewerRef { get; init; }

    /// <summary>The role or policy by which the reviewer acted, or null.</summary>
    public string? Authority { get; init; }

    /// <summary>When, RFC 3339, or null.</summary>
    public string? ReviewedAt { get; init; }

    internal JsonObject ToJson() => new JsonObject { ["reviewed"] = Reviewed, ["overrodeAgent"] = OverrodeAgent }
        .With("reviewerRef", ReviewerRef)
        .With("authority", Authority)
        .With("reviewedAt", ReviewedAt);

    internal static AgentOversight Read(JsonCursor json) => new(json.Member("reviewed").Flag(), json.Member("overrodeAgent").Flag())
    {
        ReviewerRef = json.Text("reviewerRef"),
        Authority = json.Text("authority"),
        ReviewedAt = json.OptionalTime("reviewedAt"),
    };
}
