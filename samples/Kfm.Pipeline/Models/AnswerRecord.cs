using Kfm.Agent.Codegen;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Models;

/// <summary>Records what an answer says of itself: confidence, tokens, and the models before the one that answered.</summary>
internal sealed class AnswerRecord(ICodegenModel model, PipelineRun run) : ICodegenModel
{
    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        var response = await model.CompleteAsync(request, cancellationToken);
        var record = run.Record(Stage.Agent);
        if (response.Confidence is { } confidence)
        {
            record.Measure("agent.confidence", confidence);
        }

        if (response.Usage is { } usage)
        {
            record.Measure("agent.tokens.input", usage.InputTokens);
            record.Measure("agent.tokens.output", usage.OutputTokens);
        }

        Fallbacks(run, response.Attempts);
        return response;
    }

    /// <summary>Labels the models that were tried in vain, each with what came of it.</summary>
    public static void Fallbacks(PipelineRun run, IReadOnlyList<CodegenAttempt> attempts)
    {
        foreach (var attempt in attempts.Where(a => a.Outcome != CodegenAttemptOutcome.Answered))
        {
            run.Record(Stage.Agent).Label("agent.fallback", $"{attempt.Model} {attempt.Word}");
        }
    }
}
