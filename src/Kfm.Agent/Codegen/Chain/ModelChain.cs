using System.Globalization;
using Kfm.Agent.Codegen.Egress;

namespace Kfm.Agent.Codegen.Chain;

/// <summary>Models that are asked in order until one gives an answer that it is sure of.</summary>
/// <remarks>
/// An error, a time-out, a refusal to let the prompt out and a low confidence lead to the next model, and the record says which. Where
/// none is sure, the answer with the highest confidence is taken, the first among equals, and whoever judges it sees the confidence. An
/// answer that says nothing of its confidence is taken.
/// </remarks>
public sealed class ModelChain : ICodegenModel
{
    /// <summary>The confidence below which the next model is asked (ADR-001, automated rollback triggers, 5).</summary>
    public const double LeastConfidence = 0.7;

    private readonly IReadOnlyList<ChainLink> _links;
    private readonly TimeProvider _time;

    /// <summary>Creates a chain.</summary>
    /// <param name="links">The models in the order in which they are asked; at least one.</param>
    /// <param name="time">The clock of the time-outs.</param>
    public ModelChain(IReadOnlyList<ChainLink> links, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(time);
        if (links.Count == 0)
        {
            throw new ArgumentException("A chain has at least one model.", nameof(links));
        }

        (_links, _time) = (links, time);
    }

    /// <summary>Asks the models.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ModelChainException">No model answered.</exception>
    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var attempts = new List<CodegenAttempt>();
        CodegenResponse? unsure = null;
        foreach (var link in _links)
        {
            var (response, attempt) = await TryAsync(link, request, cancellationToken).ConfigureAwait(false);
            attempts.Add(attempt);
            if (attempt.Outcome == CodegenAttemptOutcome.Answered)
            {
                return response! with { Attempts = attempts };
            }

            unsure = response?.Confidence > (unsure?.Confidence ?? -1) ? response : unsure;
        }

        return unsure is null ? throw new ModelChainException(attempts) : unsure with { Attempts = attempts };
    }

    private async Task<(CodegenResponse? Response, CodegenAttempt Attempt)> TryAsync(ChainLink link, CodegenRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(link.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var response = await link.Model.CompleteAsync(request, either.Token).ConfigureAwait(false) with { AnsweredBy = link.Name };
            return response.Confidence < LeastConfidence
                ? (response, new CodegenAttempt(link.Name, CodegenAttemptOutcome.LowConfidence, Unsure(response.Confidence.Value)))
                : (response, new CodegenAttempt(link.Name, CodegenAttemptOutcome.Answered, ""));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = link.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return (null, new CodegenAttempt(link.Name, CodegenAttemptOutcome.Timeout, $"no answer within {seconds} seconds"));
        }
        catch (CodegenModelException e)
        {
            var outcome = e is EgressRefusedException ? CodegenAttemptOutcome.EgressRefused : CodegenAttemptOutcome.Error;
            return (null, new CodegenAttempt(link.Name, outcome, e.Message));
        }
    }

    private static string Unsure(double confidence) => string.Create(CultureInfo.InvariantCulture, $"confidence {confidence} is below {LeastConfidence}");
}
