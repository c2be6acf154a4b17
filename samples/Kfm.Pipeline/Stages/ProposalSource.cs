using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Codegen.Prompts;
using Kfm.Pipeline.Models;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Where an agent's answer comes from; which source it is, the caller says. Where the proposal was given there is none.</summary>
internal abstract class ProposalSource
{
    /// <summary>The source that the options name, or null where the proposal was given.</summary>
    public static ProposalSource? Of(RunOptions options) =>
        options.ReplayFile is { } file ? new ReplaySource(file)
        : options.AgentCommand.Count > 0 ? new CommandSource(new CommandLine(options.AgentCommand))
        : options.Models is { } models ? new ChatSource(models, options.ModelEndpoints, options.RecordFile)
        : null;

    /// <summary>The name of the source in agent.json.</summary>
    public abstract string Name { get; }

    /// <summary>The id of the prompt template.</summary>
    public virtual string Template => ShippedTemplates.Diff;

    /// <summary>Where the prompt can be made again from.</summary>
    public virtual string PromptReference => AgentRequest.PromptReference;

    /// <summary>Whether what answers can read all files of the repository by itself.</summary>
    public virtual bool ReadsRepository => false;

    /// <summary>What the model is asked with.</summary>
    public virtual Task<CodegenRequest> RequestAsync(PipelineRun run, string design, PromptTemplate template, CancellationToken cancellationToken) =>
        AgentRequest.CreateAsync(
            run.Base, run.StructuredIntent(), design, file => run.Record(Stage.Agent).Label("prompt.withheld", $"{file.Path}: {file.Reason}"), cancellationToken, template);

    /// <summary>What answers the request.</summary>
    public abstract Task<ICodegenModel> OpenAsync(PipelineRun run, CancellationToken cancellationToken);
}
