using Kfm.Agent.Codegen;

namespace Kfm.Pipeline.Stages;

/// <summary>Recorded answers.</summary>
internal sealed class ReplaySource(string file) : ProposalSource
{
    public override async Task<ICodegenModel> OpenAsync(PipelineRun run, CancellationToken cancellationToken) =>
        new ReplayModel(ReplayFile.Parse(await File.ReadAllBytesAsync(file, cancellationToken)));
}
