using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Iterates over the members of a package, or of the value that lies there.</summary>
internal sealed class IterateDataStep(PlanTerm[] path, Pattern key, int result, Location place) : Step
{
    internal override bool Run(Frame frame)
    {
        var state = frame.Evaluation.State;
        EvaluationState.EnsureStack(place);
        if (PlanTerm.EvalAll(path, frame) is not { } keys)
        {
            return false;
        }

        var cursor = DataCursor.At(frame.Evaluation, keys);
        var names = cursor.PackageKeys() ?? Keys(cursor.Value());
        foreach (var name in names)
        {
            state.Tick(place);
            frame.Slots[result] = name;
            if (key.Match(frame, name) && Next.Run(frame))
            {
                return true;
            }
        }

        return false;
    }

    internal override void Describe(SlotUse use)
    {
        use.All(path);
        key.Describe(use);
        use.Writes.Add(result);
        use.Impure();
    }

    private static IEnumerable<RegoValue> Keys(RegoValue? value) => value switch
    {
        RegoArray array => Enumerable.Range(0, array.Count).Select(i => (RegoValue)RegoNumber.Of(i)),
        RegoObject obj => obj.Sorted.Select(m => m.Key),
        RegoSet set => set.Sorted,
        _ => [],
    };
}
