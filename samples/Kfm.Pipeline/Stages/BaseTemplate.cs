using Kfm.Agent.Codegen.Prompts;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>A prompt template as the base has it, else the one that Kfm ships; with the artifact that the agent's run used.</summary>
internal sealed record BaseTemplate(PromptTemplate Template, Artifact Artifact)
{
    private const string MediaType = "text/markdown";

    /// <summary>Reads a template.</summary>
    /// <exception cref="PromptTemplateException">The base has a file in its place that is none.</exception>
    public static async Task<BaseTemplate> ReadAsync(RepositoryBase at, string id, CancellationToken cancellationToken)
    {
        var path = ShippedTemplates.PathOf(id);
        if (await at.ReadAsync(path, MediaType, ArtifactRole.Config, cancellationToken) is { } own)
        {
            return new BaseTemplate(PromptTemplate.Parse(own.Bytes, id), own.Artifact);
        }

        var bytes = ShippedTemplates.Read(id);
        return new BaseTemplate(PromptTemplate.Parse(bytes, id), new Artifact(Digest.Of(bytes), "kfm:" + path, MediaType, bytes.Length, ArtifactRole.Config));
    }
}
