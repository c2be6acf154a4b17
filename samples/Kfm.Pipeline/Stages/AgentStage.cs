using System.Text;
using Kfm.Agent.Codegen;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Asks the model for a patch. An answer with a secret is not kept. Where the proposal was given, no model takes part and the stage is skipped.</summary>
internal sealed class AgentStage : PipelineStage
{
    public override string Name => "agent";

    public override Stage? Fact => Stage.Agent;

    public override string FailureCheck => "agent.recorded";

    public override async Task<StageResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        if (ProposalSource.Of(run.Options) is not { } source)
        {
            return new StageResult(RunOutcome.Skipped, "the proposal was given; no model is known to have taken part");
        }

        var record = run.Record(Stage.Agent);
        record.Use(BundleFiles.Intent, "intent");
        var design = record.Use(BundleFiles.Design, "design");
        var template = await BaseTemplate.ReadAsync(run.Base, source.Template, cancellationToken);
        record.Use(template.Artifact, "prompt-template");
        record.Label("prompt.template", template.Template.Reference.ToString());
        var request = await source.RequestAsync(run, run.Bundle.Text(BundleFiles.Design), template.Template, cancellationToken);
        await PromptInjection.RecordAsync(run, record, request, source, cancellationToken);
        var agent = new CodegenAgent(await source.OpenAsync(run, cancellationToken), text => [.. SecretScanner.Scan(text).Select(f => f.ToString()), .. run.Known.Find(text)]);
        var origin = new AgentLogOrigin(source.Name, source.PromptReference, template.Template.Reference);
        var result = await AskAsync(run, record, agent, request, origin, cancellationToken);
        record.Check("secrets.prompt", result.Outcome != CodegenOutcome.PromptRefused, string.Join("; ", result.Findings));
        if (result.Outcome == CodegenOutcome.PromptRefused)
        {
            return StageResult.Failed("the prompt holds a secret: " + string.Join("; ", result.Findings));
        }

        record.Check("agent.recorded", CheckStatus.Passed);
        if (result.Leaks is { } leaks)
        {
            record.Check("secrets.session", leaks.Count == 0, string.Join("; ", leaks));
        }

        record.Check("secrets.answer", result.Outcome != CodegenOutcome.AnswerRefused, string.Join("; ", result.Findings));
        if (result.Patch is null)
        {
            var what = result.Outcome == CodegenOutcome.AnswerRefused ? "the answer holds a secret and was dropped: " : "the answer is not a patch: ";
            return StageResult.Failed(run.Redact(what + string.Join("; ", result.Findings)));
        }

        run.Bundle.Write(BundleFiles.Patch, result.Patch.Bytes.Span);
        run.Bundle.Write(BundleFiles.AgentLog, result.Log!.ToBytes());
        record.Generate(BundleFiles.Patch, ArtifactRole.Patch, design);
        record.Generate(BundleFiles.AgentLog, ArtifactRole.Log);
        return StageResult.Ok($"{result.Log.AnsweredBy ?? request.Model}, seed {request.Seed}, {result.Log.ChangedFiles.Count} files");
    }

    private static async Task<CodegenResult> AskAsync(PipelineRun run, StageRecord record, CodegenAgent agent, CodegenRequest request, AgentLogOrigin origin, CancellationToken cancellationToken)
    {
        try
        {
            var result = await agent.RunAsync(request, origin, cancellationToken);
            Associate(run, record, request, result.Log?.AnsweredBy ?? request.Model);
            return result;
        }
        catch (CodegenModelException)
        {
            Associate(run, record, request, request.Model);
            throw;
        }
    }

    private static void Associate(PipelineRun run, StageRecord record, CodegenRequest request, string name)
    {
        var seed = Digest.Of(Encoding.UTF8.GetBytes(request.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var model = new Actor(ActorKind.Ai, "ai:" + name)
        {
            Model = request.ComputeConfigDigest(),
            Prompt = request.PromptDigest,
            Seed = seed,
        };
        run.Evidence.Add(model).Add(new ActedFor(model.Id, run.Intent.Author));
        record.Associate(model.Id, "proposer");
    }
}
