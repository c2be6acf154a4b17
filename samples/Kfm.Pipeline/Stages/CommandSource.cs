using System.Globalization;
using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Codegen.Prompts;
using Kfm.Agent.Previews;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Stages;

/// <summary>A command-line agent that the caller names, in a work tree of its own.</summary>
internal sealed class CommandSource(CommandLine command) : ProposalSource
{
    public override string Name => "command";

    public override string Template => ShippedTemplates.Tree;

    public override string PromptReference => "intent.json + design.md";

    public override bool ReadsRepository => true;

    public override Task<CodegenRequest> RequestAsync(PipelineRun run, string design, PromptTemplate template, CancellationToken cancellationToken)
    {
        var settings = run.Base.Settings.Agent;
        return Task.FromResult(new CodegenRequest(CodegenPrompt.Build(run.StructuredIntent(), design, [], template), "command:" + command.Tool, AgentRequest.Seed)
        {
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["command"] = command.ComputeDigest(run.Known).ToString(),
                ["network"] = settings.Network ? "true" : "false",
                ["timeoutSeconds"] = settings.TimeoutSeconds.ToString(CultureInfo.InvariantCulture),
            },
        });
    }

    public override async Task<ICodegenModel> OpenAsync(PipelineRun run, CancellationToken cancellationToken) => new CommandModel(new CommandOptions
    {
        Command = command,
        Settings = run.Base.Settings.Agent,
        Sandbox = await Sandbox.ProbeAsync(run.Processes, run.Scratch, cancellationToken: cancellationToken),
        Source = run.Base.Source,
        BaseCommit = run.Base.Commit,
        Intent = run.Bundle.Text(BundleFiles.Intent),
        Design = run.Bundle.Text(BundleFiles.Design),
        HostEnvironment = HostVariables.Of(run),
        ScratchRoot = run.Scratch,
        HiddenPaths = [.. run.HiddenPaths, run.Bundle.Root],
        Known = run.Known,
    });
}
