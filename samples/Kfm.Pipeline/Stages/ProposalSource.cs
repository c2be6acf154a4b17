using Kfm.Agent.Codegen;

namespace Kfm.Pipeline.Stages;

/// <summary>Where an agent's answer comes from; which source it is, the caller says. Where the proposal was given there is none.</summary>
internal abstract class ProposalSource
{
    /// <summary>The source that the options name, or null where the proposal was given.</summary>
    public static ProposalSource? Of(RunOptions options) =>
        options.ReplayFile is { } file ? new ReplaySource(file)
        : null;

    /// <summary>What the model is asked with.</summary>
    public virtual Task<CodegenRequest> RequestAsync(PipelineRun run, string design, CancellationToken cancellationToken) =>
        AgentRequest.CreateAsync(run.Base, run.StructuredIntent(), design, cancellationToken);

    /// <summary>What answers the request.</summary>
    public abstract Task<ICodegenModel> OpenAsync(PipelineRun run, CancellationToken cancellationToken);
}
