using System.Text.Json.Nodes;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>
/// A call of a tool by an AI agent, as an intermediary saw it (AI Agent Action 0.1, a draft: in-toto/attestation pull request 588).
/// Checkpoints and breaks of the chain are kept as they are.
/// </summary>
public sealed record AgentAction : Predicate
{
    /// <summary>The URI of the type.</summary>
    public const string TypeUri = "https://in-toto.io/attestation/ai-agent-action/v0.1";

    private const string ToolCall = "tool_call";

    /// <inheritdoc/>
    public override string Type => TypeUri;

    /// <summary><c>tool_call</c>, <c>checkpoint</c> or <c>chain_break</c>.</summary>
    public required string ActionType { get; init; }

    /// <summary>When the action was seen, RFC 3339.</summary>
    public required string Timestamp { get; init; }

    /// <summary>The protocol of a call, such as <c>mcp</c>; null for other records.</summary>
    public string? Protocol { get; init; }

    /// <summary>The method of a call; null for other records.</summary>
    public string? Method { get; init; }

    /// <summary>The tool that was called; null for other records.</summary>
    public string? ToolName { get; init; }

    /// <summary>How long a call took, in milliseconds; null for other records.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Whether a call succeeded; null for other records.</summary>
    public bool? Success { get; init; }

    /// <summary>The code of the error of the protocol, or null.</summary>
    public long? ErrorCode { get; init; }

    /// <summary>Who asked: principal, model, sessionId, turnId, invocationReason; or null. The model's part is its own claim.</summary>
    public JsonObject? Agent { get; init; }

    /// <summary>The members beside <c>action</c> and <c>agent</c>: parties, upstream, chain, contentDigest, extensions, metadata, checkpoint, chainBreak.</summary>
    public JsonObject Rest { get; init; } = [];

    /// <inheritdoc/>
    public override JsonObject ToJson()
    {
        var action = new JsonObject { ["type"] = ActionType, ["timestamp"] = Timestamp }
            .With("protocol", Protocol)
            .With("method", Method)
            .With("toolName", ToolName)
            .With("durationMs", DurationMs)
            .With("success", Success)
            .With("errorCode", ErrorCode);
        var json = (JsonObject)Rest.DeepClone();
        json["action"] = action;
        return json.With("agent", Agent);
    }

    internal static AgentAction Read(JsonCursor json, StatementRules rules)
    {
        var action = json.Member("action");
        var type = action.Word("type", ToolCall, "checkpoint", "chain_break");
        var call = string.Equals(type, ToolCall, StringComparison.Ordinal);
        var rest = JsonNode.Parse(json.ToString())!.AsObject();
        rest.Remove("action");
        rest.Remove("agent");
        return new AgentAction
        {
            ActionType = type,
            Timestamp = action.Time("timestamp"),
            Protocol = call ? action.Required("protocol") : null,
            Method = call ? action.Required("method") : null,
            ToolName = call ? action.Required("toolName") : null,
            DurationMs = call ? action.Member("durationMs").Integer() : null,
            Success = call ? action.Member("success").Flag() : null,
            ErrorCode = action.Present("errorCode")?.Integer(),
            Agent = json.Object("agent"),
            Rest = rest,
        };
    }
}
