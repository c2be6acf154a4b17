using Kfm.Gates.Rego.Evaluate;

namespace Kfm.Gates.Rego.Compile;

/// <summary>Finds in finished bodies what an index can serve: tests that every solution passes, and joins.</summary>
internal static class PlanShape
{
    /// <summary>What every solution of a body needs of the input and the arguments.</summary>
    internal static IReadOnlyList<BodyGuard> Guards(Pattern[] arguments, List<Step> steps)
    {
        var guards = new List<BodyGuard>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is EqualPattern { Term: ConstantTerm constant })
            {
                guards.Add(new BodyGuard(null, i, [constant.Value]));
            }
        }

        foreach (var step in steps)
        {
            // Under with the input is another one, and what is printed before a test fails is printed all the same.
            if (step is WithStep or PrintStep)
            {
                break;
            }

            if (Guard(step) is { } guard)
            {
                guards.Add(guard);
            }
        }

        return guards;
    }

    /// <summary>Gives iterations a join where a test after them asks for equality with something known before.</summary>
    internal static void Join(List<Step> steps, PlanIds ids)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is IterateStep iterate && Equality(steps, i) is { } sides)
            {
                iterate.Join = new Join(sides.Inner, sides.Outer, ids.Memo());
            }
        }
    }

    /// <summary>Frees iterations from an order that nothing shows: what ends in a set, an object or one value is the same in any.</summary>
    internal static void FreeOrder(List<Step> steps)
    {
        if (steps[^1] is RowStep or YieldStep { Ordered: true } || steps.Exists(s => SlotUse.Of(s).Watched))
        {
            return;
        }

        foreach (var step in steps.OfType<IterateStep>())
        {
            step.AnyOrder = true;
        }
    }

    private static BodyGuard? Guard(Step step)
    {
        var (place, values) = step switch
        {
            MatchStep { Value: InputTerm input, Pattern: EqualPattern { Term: ConstantTerm constant } } => (input, [constant.Value]),
            MatchStep { Value: ConstantTerm constant, Pattern: EqualPattern { Term: InputTerm input } } => (input, [constant.Value]),
            CompareStep { Term: { Comparison: Comparison.Equal, Left: InputTerm input, Right: ConstantTerm constant } } => (input, [constant.Value]),
            CompareStep { Term: { Comparison: Comparison.Equal, Left: ConstantTerm constant, Right: InputTerm input } } => (input, [constant.Value]),
            CompareStep { Term: { Comparison: Comparison.Member, Left: InputTerm input, Right: ConstantTerm { Value: RegoSet set } } } => (input, set.Sorted),
            _ => ((InputTerm?)null, System.Array.Empty<RegoValue>()),
        };
        return place is { Path.Length: > 0 } ? new BodyGuard(place.Path, -1, values) : null;
    }

    private static (PlanTerm Inner, PlanTerm Outer)? Equality(List<Step> steps, int at)
    {
        var patterns = ((IterateStep)steps[at]).DescribePatterns();
        if (!patterns.Pure || !patterns.Reads.IsEmpty)
        {
            return null;
        }

        var bound = patterns.Writes;
        var later = new SlotSet();
        later.Add(bound);
        for (var i = at + 1; i < steps.Count && steps[i] is TestStep; i++)
        {
            if (Sides(steps[i]) is var (left, right))
            {
                if (Fits(left, right, bound, later))
                {
                    return (left, right);
                }

                if (Fits(right, left, bound, later))
                {
                    return (right, left);
                }
            }

            var use = SlotUse.Of(steps[i]);
            if (!use.Pure)
            {
                return null;
            }

            later.Add(use.Writes);
        }

        return null;
    }

    private static (PlanTerm Left, PlanTerm Right)? Sides(Step step) => step switch
    {
        MatchStep { Pattern: EqualPattern equal } match => (match.Value, equal.Term),
        CompareStep { Term.Comparison: Comparison.Equal } compare => (compare.Term.Left, compare.Term.Right),
        _ => null,
    };

    private static bool Fits(PlanTerm inner, PlanTerm outer, SlotSet bound, SlotSet later)
    {
        var (inside, outside) = (SlotUse.Of(inner), SlotUse.Of(outer));
        return inside.Pure && outside.Pure && !inside.Reads.IsEmpty && inside.Reads.IsWithin(bound) && !outside.Reads.Overlaps(later);
    }
}
