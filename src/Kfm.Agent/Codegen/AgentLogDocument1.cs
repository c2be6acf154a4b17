namespace Kfm.Agent.Codegen;

/// <summary>The members of agent.json, format version 1.</summary>
internal sealed record AgentLogDocument1(
    int FormatVersion,
    string Seed,
    string ConfigDigest,
    string RequestDigest,
    string Model,
    string ModelVersion,
    SortedDictionary<string, string> ToolVersions,
    AgentLogDocument1.PromptReference Prompt,
    AgentLogDocument1.Diff Patch)
{
    internal sealed record PromptReference(string Ref, string Digest);

    internal sealed record Diff(string Digest, IReadOnlyList<string> ChangedFiles);
}
