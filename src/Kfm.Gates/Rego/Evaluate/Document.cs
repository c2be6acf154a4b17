using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The plan of the rules of one name.</summary>
internal abstract class Document(int index, Location place)
{
    private RuleIndex? _lookup;
    private BodyPlan[] _bodies = [];

    /// <summary>The place in the tables of an evaluation.</summary>
    internal int Index { get; } = index;

    internal Location Place { get; } = place;

    internal IReadOnlyList<BodyPlan> Bodies => _bodies;

    internal BodyPlan? Default { get; set; }

    /// <summary>Sets the bodies, in the order of the rules.</summary>
    internal void SetBodies(List<BodyPlan> bodies)
    {
        _bodies = [.. bodies];
        _lookup = RuleIndex.Of(bodies);
    }

    internal abstract RegoValue? Evaluate(Evaluation evaluation);

    /// <summary>The bodies that may have a solution.</summary>
    private protected BodyPlan[] Candidates(Evaluation evaluation, ReadOnlySpan<RegoValue> arguments) =>
        _lookup is null ? _bodies : _lookup.Find(evaluation, arguments);
}

/// <summary>Complete rules: all solutions must agree.</summary>
internal sealed class CompleteDocument(int index, Location place) : Document(index, place)
{
    /// <summary>All bodies yield the same constant, so that the first solution decides.</summary>
    internal bool FirstDecides { get; set; }

    internal override RegoValue? Evaluate(Evaluation evaluation)
    {
        RegoValue? result = null;
        foreach (var body in Candidates(evaluation, []))
        {
            var value = RunChain(body, evaluation);
            if (value is not null && result is not null && !value.Equals(result))
            {
                throw EvaluationState.Error(RegoEvaluationException.Conflict, "complete rules must not produce multiple outputs", Place);
            }

            result ??= value;
            if (FirstDecides && result is not null)
            {
                break;
            }
        }

        return result ?? (Default is null ? null : RunChain(Default, evaluation));
    }

    private static RegoValue? RunChain(BodyPlan? body, Evaluation evaluation)
    {
        var scratch = evaluation.State.Scratch;
        for (; body is not null; body = body.Else)
        {
            var frame = scratch.Enter(evaluation, body);
            body.Start.Run(frame);
            scratch.Leave();
            if (frame.Result is { } result)
            {
                return result;
            }
        }

        return null;
    }
}

/// <summary>Functions: each body first matches the arguments.</summary>
internal sealed class FunctionDocument(int index, Location place) : Document(index, place)
{
    /// <summary>All bodies give the same constant: the first that holds decides.</summary>
    internal bool FirstDecides { get; set; }

    internal override RegoValue? Evaluate(Evaluation evaluation) => null;

    internal RegoValue? Call(Evaluation evaluation, ReadOnlySpan<RegoValue> arguments)
    {
        RegoValue? result = null;
        foreach (var body in Candidates(evaluation, arguments))
        {
            var value = RunChain(body, evaluation, arguments);
            if (value is not null && result is not null && !value.Equals(result))
            {
                throw EvaluationState.Error(
                    RegoEvaluationException.Conflict, "functions must not produce multiple outputs for same inputs", Place);
            }

            result ??= value;
            if (FirstDecides && result is not null)
            {
                return result;
            }
        }

        return result ?? (Default is null ? null : RunChain(Default, evaluation, arguments));
    }

    private static RegoValue? RunChain(BodyPlan? body, Evaluation evaluation, ReadOnlySpan<RegoValue> arguments)
    {
        var scratch = evaluation.State.Scratch;
        for (; body is not null; body = body.Else)
        {
            var frame = scratch.Enter(evaluation, body);
            if (Match(body, frame, arguments))
            {
                body.Start.Run(frame);
            }

            scratch.Leave();
            if (frame.Result is { } result)
            {
                return result;
            }
        }

        return null;
    }

    private static bool Match(BodyPlan body, Frame frame, ReadOnlySpan<RegoValue> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!body.Arguments[i].Match(frame, arguments[i]))
            {
                return false;
            }
        }

        return true;
    }
}
