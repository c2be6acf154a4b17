using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Prompts;
using Kfm.Pipeline.Models;

namespace Kfm.Pipeline.Stages;

/// <summary>Recorded answers. Where the file names the models that were asked, the same request is made again.</summary>
internal sealed class ReplaySource(string file) : ProposalSource
{
    public override string Name => "replay";

    public override async Task<CodegenRequest> RequestAsync(PipelineRun run, string design, PromptTemplate template, CancellationToken cancellationToken)
    {
        var request = await base.RequestAsync(run, design, template, cancellationToken);
        return (await ReadAsync(cancellationToken)).Model is { } models ? ModelChoice.Of(run.Base.Settings, models).Request(request) : request;
    }

    public override async Task<ICodegenModel> OpenAsync(PipelineRun run, CancellationToken cancellationToken) =>
        new AnswerRecord(new ReplayModel(await ReadAsync(cancellationToken)), run);

    private async Task<ReplayFile> ReadAsync(CancellationToken cancellationToken) => ReplayFile.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
}
