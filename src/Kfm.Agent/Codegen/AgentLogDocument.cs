using System.Text.Json.Serialization;

namespace Kfm.Agent.Codegen;

/// <summary>The members of agent.json.</summary>
internal sealed record AgentLogDocument(
    int FormatVersion,
    string Seed,
    string ConfigDigest,
    string RequestDigest,
    string Model,
    string ModelVersion,
    SortedDictionary<string, string> ToolVersions,
    AgentLogDocument.PromptReference Prompt,
    AgentLogDocument.Diff Patch,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AnsweredBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Confidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UsageDocument? Usage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AttemptDocument>? Attempts = null)
{
    internal sealed record PromptReference(string Ref, string Digest);

    internal sealed record Diff(string Digest, IReadOnlyList<string> ChangedFiles);
}
