using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Chain;
using Kfm.Agent.Codegen.Egress;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Models;

/// <summary>Records which class of text went where, or that it went nowhere.</summary>
internal sealed class EgressRecord(ModelChain chain, PipelineRun run, ModelChoice choice) : ICodegenModel
{
    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await chain.CompleteAsync(request, cancellationToken);
            Record(request, response.Attempts);
            return response;
        }
        catch (ModelChainException e)
        {
            Record(request, e.Attempts);
            AnswerRecord.Fallbacks(run, e.Attempts);
            throw;
        }
    }

    private void Record(CodegenRequest request, IReadOnlyList<CodegenAttempt> attempts)
    {
        var record = run.Record(Stage.Agent);
        record.Label("egress.classification", EgressRules.Word(request.PromptClass.Class));
        var asked = attempts.Where(a => a.Outcome != CodegenAttemptOutcome.EgressRefused).Select(a => choice.Models.First(m => m.Name == a.Model)).ToArray();
        foreach (var model in asked)
        {
            record.Label("egress.provider", model.Provider);
            record.Label("egress.region", model.Region);
        }

        record.Check("egress.allowed", asked.Length > 0, string.Join("; ", attempts.Select(a => a.Reason)));
    }
}
