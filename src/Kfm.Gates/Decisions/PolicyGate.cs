using Kfm.Gates.Rego;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Decisions;

/// <summary>Evaluates policies over context.json. Whatever goes wrong on the way denies.</summary>
public sealed class PolicyGate
{
    private readonly PreparedQuery _query;
    private readonly EvaluateLimits _limits;

    /// <summary>Creates the gate.</summary>
    /// <param name="query">The prepared query, <c>data.kfm.decision</c> of the policies of the base commit.</param>
    /// <param name="limits">The limits of one evaluation, or null for the defaults.</param>
    public PolicyGate(PreparedQuery query, EvaluateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _limits = limits ?? new EvaluateLimits();
    }

    /// <summary>Decides.</summary>
    /// <param name="context">The bytes of context.json.</param>
    /// <param name="cancellationToken">Abandons the evaluation.</param>
    /// <returns>
    /// The decision. An evaluation that fails, exceeds a limit or is abandoned, an undefined or malformed answer, and an answer that contradicts
    /// itself are a denial with the reason <c>gate_error: …</c>, which names the error: <c>eval_limit_error</c>, <c>eval_cancel_error</c> and so on.
    /// </returns>
    /// <exception cref="ContextFormatException">The bytes are not context.json.</exception>
    public Decision Decide(ReadOnlySpan<byte> context, CancellationToken cancellationToken = default)
    {
        var input = GateContext.Parse(context);
        var policySet = _query.Policy.Digest;
        try
        {
            var options = new EvaluateOptions { Limits = _limits, CancellationToken = cancellationToken };
            var answer = _query.Evaluate(RegoValue.Parse(context), options).ToCanonicalJson();
            return cancellationToken.IsCancellationRequested
                ? DecisionAnswer.Error("eval_cancel_error: the evaluation was abandoned", input, policySet)
                : DecisionAnswer.Read(answer, input, policySet);
        }
        catch (Exception e) when (e is RegoEvaluationException or JsonFormatException)
        {
            return DecisionAnswer.Error(e.Message, input, policySet);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A fault of the engine itself must not look like anything but a denial.
            return DecisionAnswer.Error($"engine_error: {e.GetType().Name}", input, policySet);
        }
    }

    /// <summary>The denial where the policies cannot even be compiled, with the reason <c>gate_error: …</c>.</summary>
    /// <param name="context">The bytes of context.json.</param>
    /// <param name="policySet">The digest of the policies.</param>
    /// <param name="message">Why.</param>
    /// <exception cref="ContextFormatException">The bytes are not context.json.</exception>
    public static Decision Refuse(ReadOnlySpan<byte> context, Digest policySet, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return DecisionAnswer.Error(message, GateContext.Parse(context), policySet);
    }
}
