using System.Text.Json.Serialization;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Codegen.Commands.Sessions;

namespace Kfm.Agent.Codegen;

/// <summary>The members of agent.json, format version 2. A null says that there is none; of the later members and below the root, what is not known is left out.</summary>
internal sealed record AgentLogDocument(
    int FormatVersion,
    string Source,
    string? Seed,
    string? ConfigDigest,
    string? RequestDigest,
    string? Model,
    string? ModelVersion,
    SortedDictionary<string, string> ToolVersions,
    AgentLogDocument.PromptMembers? Prompt,
    AgentLogDocument.CommandMembers? Command,
    AgentLogDocument.SessionMembers? Session,
    AgentLogDocument.PatchMembers Patch,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AnsweredBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Confidence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UsageDocument? Usage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AttemptDocument>? Attempts = null)
{
    internal sealed record PromptMembers(
        string Digest, string Ref, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TemplateMembers? Template = null);

    internal sealed record TemplateMembers(string Digest, string Id, string Version)
    {
        public static TemplateMembers? Of(TemplateReference? template) => template is null ? null : new(template.Digest.ToString(), template.Id, template.Version);
    }

    internal sealed record CommandMembers(
        string Digest, string Isolation, bool Network, string Tool, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Version = null)
    {
        public static CommandMembers? Of(CommandFacts? facts) =>
            facts is null ? null : new(facts.Digest.ToString(), facts.Isolation, facts.Network, facts.Tool, facts.Version);
    }

    internal sealed record SessionMembers(
        string Format,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NotRead = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Digest = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Bytes = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ModelVersion = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ToolVersion = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? InputTokens = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? OutputTokens = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? CachedTokens = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? ToolCalls = null)
    {
        public static SessionMembers? Of(SessionFacts? facts) => facts is null ? null : new(
            facts.Format,
            facts.NotRead,
            facts.Digest?.ToString(),
            facts.Bytes,
            facts.Model,
            facts.ModelVersion,
            facts.ToolVersion,
            facts.InputTokens,
            facts.OutputTokens,
            facts.CachedTokens,
            facts.ToolCalls);
    }

    internal sealed record PatchMembers(string Digest, IReadOnlyList<string> ChangedFiles);
}
