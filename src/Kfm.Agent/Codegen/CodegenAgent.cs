using System.Text;
using Kfm.Agent.Patches;

namespace Kfm.Agent.Codegen;

/// <summary>Asks a model for a patch, with a scan for secrets before the prompt leaves and before the answer is used.</summary>
public sealed class CodegenAgent
{
    private readonly ICodegenModel _model;
    private readonly Func<string, IReadOnlyList<string>> _scan;

    /// <summary>Creates an agent.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="scan">Looks for secrets in a text and describes each without quoting it; an empty list lets the text pass.</param>
    public CodegenAgent(ICodegenModel model, Func<string, IReadOnlyList<string>> scan)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(scan);
        _model = model;
        _scan = scan;
    }

    /// <summary>Asks for a patch.</summary>
    /// <param name="request">The request.</param>
    /// <param name="promptReference">Where the prompt can be made again from, for the log.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The patch and its log, or why there is none.</returns>
    /// <exception cref="CodegenModelException">The model gave no answer.</exception>
    public Task<CodegenResult> RunAsync(CodegenRequest request, string promptReference, CancellationToken cancellationToken = default) =>
        RunAsync(request, new AgentLogOrigin("replay", promptReference, null), cancellationToken);

    /// <summary>Asks for a patch.</summary>
    /// <param name="request">The request.</param>
    /// <param name="origin">Where answer and prompt come from, for the log.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The patch and its log, or why there is none.</returns>
    /// <exception cref="CodegenModelException">The model gave no answer.</exception>
    public async Task<CodegenResult> RunAsync(CodegenRequest request, AgentLogOrigin origin, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(request);
        var inPrompt = _scan(request.Prompt);
        if (inPrompt.Count > 0)
        {
            return new CodegenResult(CodegenOutcome.PromptRefused, null, null, inPrompt);
        }

        var response = await _model.CompleteAsync(request, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string>? leaks = response.Printed.Count == 0 ? null : [.. response.Printed.SelectMany(p => _scan(p.Text).Select(f => $"{p.Name}: {f}"))];
        var inAnswer = _scan(response.Patch);
        if (inAnswer.Count > 0)
        {
            return new CodegenResult(CodegenOutcome.AnswerRefused, null, null, inAnswer) { Leaks = leaks };
        }

        try
        {
            var patch = UnifiedPatch.Parse(Encoding.UTF8.GetBytes(response.Patch));
            return new CodegenResult(CodegenOutcome.Proposed, patch, Log(request, response, patch, origin), []) { Leaks = leaks };
        }
        catch (PatchFormatException e)
        {
            return new CodegenResult(CodegenOutcome.AnswerMalformed, null, null, [e.Message]) { Leaks = leaks };
        }
    }

    private static AgentLog Log(CodegenRequest request, CodegenResponse response, UnifiedPatch patch, AgentLogOrigin origin) => new()
    {
        Source = origin.Source,
        Seed = request.Seed,
        ConfigDigest = request.ComputeConfigDigest(),
        RequestDigest = request.ComputeDigest(),
        Model = request.Model,
        ModelVersion = response.ModelVersion,
        ToolVersions = response.ToolVersions,
        PromptReference = origin.PromptReference,
        PromptDigest = request.PromptDigest,
        Template = origin.Template,
        Command = response.Command,
        Session = response.Session,
        PatchDigest = patch.Digest,
        ChangedFiles = new PatchSummary(patch).ChangedPaths,
        AnsweredBy = response.AnsweredBy,
        Confidence = response.Confidence,
        Usage = response.Usage,
        Attempts = response.Attempts,
    };
}
