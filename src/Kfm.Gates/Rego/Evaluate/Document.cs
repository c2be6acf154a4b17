using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The plan of the rules of one name.</summary>
internal abstract class Document(Location place)
{
    internal Location Place { get; } = place;

    internal abstract RegoValue? Evaluate(Evaluation evaluation);
}

/// <summary>The plan of one body with its yield; the else plan counts when the body has no solution.</summary>
internal sealed class BodyPlan
{
    internal required Step Start { get; init; }

    internal required int Slots { get; init; }

    internal required int Collectors { get; init; }

    internal BodyPlan? Else { get; init; }

    internal Pattern[] Arguments { get; init; } = [];
}

/// <summary>Complete rules: all solutions must agree.</summary>
internal sealed class CompleteDocument(Location place) : Document(place)
{
    internal List<BodyPlan> Bodies { get; } = [];

    internal BodyPlan? Default { get; set; }

    /// <summary>All bodies yield the same constant, so that the first solution decides.</summary>
    internal bool FirstDecides { get; set; }

    internal override RegoValue? Evaluate(Evaluation evaluation)
    {
        RegoValue? result = null;
        foreach (var body in Bodies)
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
        for (; body is not null; body = body.Else)
        {
            var frame = new Frame(evaluation, body.Slots, body.Collectors);
            body.Start.Run(frame);
            if (frame.Result is not null)
            {
                return frame.Result;
            }
        }

        return null;
    }
}

/// <summary>Functions: each body first matches the arguments.</summary>
internal sealed class FunctionDocument(Location place) : Document(place)
{
    internal List<BodyPlan> Bodies { get; } = [];

    internal BodyPlan? Default { get; set; }

    internal override RegoValue? Evaluate(Evaluation evaluation) => null;

    internal RegoValue? Call(Evaluation evaluation, RegoValue[] arguments)
    {
        RegoValue? result = null;
        foreach (var body in Bodies)
        {
            var value = RunChain(body, evaluation, arguments);
            if (value is not null && result is not null && !value.Equals(result))
            {
                throw EvaluationState.Error(
                    RegoEvaluationException.Conflict, "functions must not produce multiple outputs for same inputs", Place);
            }

            result ??= value;
        }

        return result ?? (Default is null ? null : RunChain(Default, evaluation, arguments));
    }

    private static RegoValue? RunChain(BodyPlan? body, Evaluation evaluation, RegoValue[] arguments)
    {
        for (; body is not null; body = body.Else)
        {
            var frame = new Frame(evaluation, body.Slots, body.Collectors);
            if (Match(body, frame, arguments))
            {
                body.Start.Run(frame);
            }

            if (frame.Result is not null)
            {
                return frame.Result;
            }
        }

        return null;
    }

    private static bool Match(BodyPlan body, Frame frame, RegoValue[] arguments)
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

/// <summary>Partial rules: sets and objects that grow with each solution, and the rules whose reference goes on below them.</summary>
internal sealed class PartialDocument : Document
{
    private readonly bool _isSet;

    internal PartialDocument(Location place, bool isSet)
        : base(place)
    {
        _isSet = isSet;
        Own = new OwnDocument(this);
    }

    internal List<BodyPlan> Bodies { get; } = [];

    internal List<PolicyNode> Children { get; } = [];

    /// <summary>What the rules of this name give without those below it, so that one of these may read what stands beside it.</summary>
    internal Document Own { get; }

    internal override RegoValue? Evaluate(Evaluation evaluation)
    {
        var builder = new PartialBuilder(_isSet);
        foreach (var child in Children)
        {
            AddChild(builder, evaluation, child, []);
        }

        RunBodies(builder, evaluation);
        return builder.Finish();
    }

    private void RunBodies(PartialBuilder builder, Evaluation evaluation)
    {
        foreach (var body in Bodies)
        {
            body.Start.Run(new Frame(evaluation, body.Slots, body.Collectors) { Partial = builder });
        }
    }

    private void AddChild(PartialBuilder builder, Evaluation evaluation, PolicyNode node, RegoValue[] path)
    {
        RegoValue[] here = [.. path, new RegoString(node.Name)];
        if (node.Document is PartialDocument partial)
        {
            builder.Merge(here, partial.Evaluate(evaluation)!, Place);
        }
        else if (node.Document is CompleteDocument complete && evaluation.Evaluate(complete) is { } value)
        {
            builder.Put(here, value, Place);
        }

        foreach (var child in node.Document is PartialDocument ? [] : node.Children.Values.ToList())
        {
            AddChild(builder, evaluation, child, here);
        }
    }

    private sealed class OwnDocument(PartialDocument whole) : Document(whole.Place)
    {
        internal override RegoValue? Evaluate(Evaluation evaluation)
        {
            var builder = new PartialBuilder(whole._isSet);
            whole.RunBodies(builder, evaluation);
            return builder.Finish();
        }
    }
}
