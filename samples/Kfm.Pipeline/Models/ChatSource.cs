using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Chain;
using Kfm.Agent.Codegen.Egress;
using Kfm.Agent.Codegen.Prompts;
using Kfm.Agent.Configuration;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Stages;

namespace Kfm.Pipeline.Models;

/// <summary>Chat models that the caller picks from kfm.json of the base, each behind the egress check.</summary>
internal sealed class ChatSource(string names, IReadOnlyList<string> endpoints, string? recordFile) : ProposalSource
{
    public override string Name => "chat";

    public override async Task<CodegenRequest> RequestAsync(PipelineRun run, string design, PromptTemplate template, CancellationToken cancellationToken) =>
        ModelChoice.Of(run.Base.Settings, names).Request(await base.RequestAsync(run, design, template, cancellationToken));

    public override Task<ICodegenModel> OpenAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var choice = ModelChoice.Of(run.Base.Settings, names);
        var addresses = new ModelEndpoints(endpoints);
        if (addresses.Names.FirstOrDefault(n => choice.Models.All(m => m.Name != n)) is not null)
        {
            throw new ModelChoiceException("--model-endpoint names a model that --model does not.");
        }

        var links = choice.Models.Select(m => new ChainLink(m.Name, Guarded(run, m, addresses.Of(m)), TimeSpan.FromSeconds(m.TimeoutSeconds)));
        ICodegenModel model = new EgressRecord(new ModelChain([.. links], TimeProvider.System), run, choice);
        if (recordFile is not null)
        {
            model = new RecordedFile(model, recordFile, choice.Name, text => [.. SecretScanner.Scan(text).Select(f => f.ToString()), .. run.Known.Find(text)]);
        }

        return Task.FromResult<ICodegenModel>(new AnswerRecord(model, run));
    }

    private static EgressGuard Guarded(PipelineRun run, ModelSetting model, Uri endpoint) => new(run.Base.Settings.Egress, model, () =>
    {
        var key = run.Host.Variable(model.KeyVariable);
        return string.IsNullOrEmpty(key) && model.NeedsKey
            ? throw new CodegenModelException($"there is no key; set {model.KeyVariable} in the environment of kfm")
            : new HttpProviderModel(model, endpoint, key, TimeProvider.System);
    });
}
