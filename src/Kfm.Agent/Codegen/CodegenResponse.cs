namespace Kfm.Agent.Codegen;

/// <summary>What a model answered.</summary>
/// <param name="Patch">The proposed change as a git unified diff.</param>
/// <param name="ModelVersion">The version of the model that answered.</param>
public sealed record CodegenResponse(string Patch, string ModelVersion)
{
    /// <summary>The versions of the tools that took part, by name.</summary>
    public IReadOnlyDictionary<string, string> ToolVersions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
