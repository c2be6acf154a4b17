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
    AgentLogDocument.Diff Patch)
{
    internal sealed record PromptReference(string Ref, string Digest);

    internal sealed record Diff(string Digest, IReadOnlyList<string> ChangedFiles);
}
