using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>walk(x, [path, value]): every value below x, x itself first. A path that nobody asks for is not made.</summary>
internal sealed class WalkStep : Step
{
    private readonly PlanTerm _start;
    private readonly Pattern _pair;
    private readonly Pattern? _valueOnly;
    private readonly Location _place;

    internal WalkStep(PlanTerm start, Pattern pair, Location place)
    {
        (_start, _pair, _place) = (start, pair, place);
        _valueOnly = pair is ArrayPattern { Items: [AnyPattern, var value] } ? value : null;
    }

    internal override bool Run(Frame frame)
    {
        EvaluationState.EnsureStack(_place);
        return _start.Eval(frame) is { } value && Visit(frame, [], value);
    }

    internal override void Describe(SlotUse use)
    {
        _start.Describe(use);
        _pair.Describe(use);
        use.Impure();
    }

    private bool Visit(Frame frame, List<RegoValue> path, RegoValue value)
    {
        frame.Evaluation.State.Tick(_place);
        EvaluationState.EnsureStack(_place);
        var matched = _valueOnly?.Match(frame, value) ?? _pair.Match(frame, new RegoArray([new RegoArray([.. path]), value]));
        if (matched && Next.Run(frame))
        {
            return true;
        }

        return value switch
        {
            RegoArray array => VisitItems(frame, path, array),
            RegoObject obj => VisitMembers(frame, path, obj),
            RegoSet set => VisitElements(frame, path, set),
            _ => false,
        };
    }

    private bool VisitItems(Frame frame, List<RegoValue> path, RegoArray array)
    {
        for (var i = 0; i < array.Count; i++)
        {
            if (VisitBelow(frame, path, RegoNumber.Of(i), array.Span[i]))
            {
                return true;
            }
        }

        return false;
    }

    private bool VisitMembers(Frame frame, List<RegoValue> path, RegoObject obj)
    {
        foreach (var (key, value) in obj.Sorted)
        {
            if (VisitBelow(frame, path, key, value))
            {
                return true;
            }
        }

        return false;
    }

    private bool VisitElements(Frame frame, List<RegoValue> path, RegoSet set)
    {
        foreach (var element in set.Sorted)
        {
            if (VisitBelow(frame, path, element, element))
            {
                return true;
            }
        }

        return false;
    }

    private bool VisitBelow(Frame frame, List<RegoValue> path, RegoValue key, RegoValue value)
    {
        path.Add(key);
        var stop = Visit(frame, path, value);
        path.RemoveAt(path.Count - 1);
        return stop;
    }
}
