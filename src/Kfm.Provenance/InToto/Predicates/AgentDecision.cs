using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>
/// A decision of an AI agent and whether a person looked at it (AI Agent Decision 0.1, a draft: in-toto/attestation pull request 591).
/// No oversight means that nothing is claimed about it, not that there was none.
/// </summary>
public sealed record AgentDecision : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://contextpassport.com/attestation/agent-decision/v0.1";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary>A stable id of the agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>The name of the agent.</summary>
    public required string AgentName { get; init; }

    /// <summary>Who serves the model, or null.</summary>
    public string? Provider { get; init; }

    /// <summary>The model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>The kind of decision.</summary>
    public required string EventType { get; init; }

    /// <summary>When the agent decided, RFC 3339.</summary>
    public required string DecidedAt { get; init; }

    /// <summary>What the agent was asked. Put no personal data here.</summary>
    public required string Input { get; init; }

    /// <summary>What the agent concluded. Put no personal data here.</summary>
    public required string Output { get; init; }

    /// <summary>The confidence that the agent reported, 0 to 1, or null.</summary>
    public double? Confidence { get; init; }

    /// <summary>The review by a person, or null.</summary>
    public AgentOversight? Oversight { get; init; }

    /// <summary>The record of the decision in a chain of hashes.</summary>
    public required AgentRecord Record { get; init; }

    /// <summary>Where the record stands in its chain (<c>chain</c>: rootId, position, length), or null.</summary>
    public JsonObject? Chain { get; init; }

    /// <inheritdoc/>
    public override JsonObject ToJson()
    {
        var decision = new JsonObject
        {
            ["agentId"] = AgentId,
            ["agentName"] = AgentName,
            ["eventType"] = EventType,
            ["decidedAt"] = DecidedAt,
            ["input"] = Input,
            ["output"] = Output,
        };
        decision.With("provider", Provider).With("model", Model).With("confidence", Confidence);
        return new JsonObject { ["decision"] = decision, ["record"] = Record.ToJson() }.With("humanOversight", Oversight?.ToJson()).With("chain", Chain);
    }

    internal static AgentDecision Read(JsonCursor json, StatementRules rules)
    {
        var decision = json.Member("decision");
        return new AgentDecision
        {
            AgentId = decision.Required("agentId"),
            AgentName = decision.Required("agentName"),
            Provider = decision.Text("provider"),
            Model = decision.Text("model"),
            EventType = decision.Required("eventType"),
            DecidedAt = decision.Time("decidedAt"),
            Input = decision.Member("input").Text(),
            Output = decision.Member("output").Text(),
            Confidence = decision.Present("confidence") is { } confidence ? Unit(confidence) : null,
            Oversight = json.Present("humanOversight") is { } oversight ? AgentOversight.Read(oversight) : null,
            Record = AgentRecord.Read(json.Member("record")),
            Chain = json.Object("chain"),
        };
    }

    private static double Unit(JsonCursor json) => json.Number() is >= 0 and <= 1 and var value ? value : throw json.Error("a number from 0 to 1 is expected");
}
