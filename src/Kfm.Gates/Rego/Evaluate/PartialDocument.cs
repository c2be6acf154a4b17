using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Partial rules: sets and objects that grow with each solution, and the rules whose reference goes on below them.</summary>
internal sealed class PartialDocument : Document
{
    private readonly bool _isSet;

    internal PartialDocument(int index, int ownIndex, Location place, bool isSet)
        : base(index, place)
    {
        _isSet = isSet;
        Own = new OwnDocument(ownIndex, this);
    }

    internal List<PolicyNode> Children { get; } = [];

    /// <summary>What the rules of this name give without those below it, so that one of these may read what stands beside it.</summary>
    internal Document Own { get; }

    internal override RegoValue? Evaluate(Evaluation evaluation)
    {
        var builder = new PartialBuilder(evaluation.State.Scratch, _isSet);
        foreach (var child in Children)
        {
            AddChild(builder, evaluation, child, []);
        }

        RunBodies(builder, evaluation);
        return builder.Finish();
    }

    private void RunBodies(PartialBuilder builder, Evaluation evaluation)
    {
        var scratch = evaluation.State.Scratch;
        foreach (var body in Candidates(evaluation, []))
        {
            var frame = scratch.Enter(evaluation, body);
            frame.Partial = builder;
            body.Start.Run(frame);
            scratch.Leave();
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

    private sealed class OwnDocument(int index, PartialDocument whole) : Document(index, whole.Place)
    {
        internal override RegoValue? Evaluate(Evaluation evaluation)
        {
            var builder = new PartialBuilder(evaluation.State.Scratch, whole._isSet);
            whole.RunBodies(builder, evaluation);
            return builder.Finish();
        }
    }
}
