using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A step of a plan. It runs the steps after it once for each of its solutions.</summary>
internal abstract class Step
{
    private Step? _next;

    internal Step Next
    {
        get => _next!;
        set => _next = value;
    }

    /// <summary>Runs this step and those after it.</summary>
    /// <returns>Whether to stop: no further solution is needed.</returns>
    internal abstract bool Run(Frame frame);
}

/// <summary>A step with at most one solution. Runs of them are a loop, so that long bodies need no stack.</summary>
internal abstract class TestStep : Step
{
    internal abstract bool Try(Frame frame);

    internal sealed override bool Run(Frame frame)
    {
        Step step = this;
        while (step is TestStep test)
        {
            if (!test.Try(frame))
            {
                return false;
            }

            step = test.Next;
        }

        return step.Run(frame);
    }
}

/// <summary>Ends a body of which only it counts whether there is a solution.</summary>
internal sealed class FoundStep : Step
{
    internal override bool Run(Frame frame) => true;
}

internal sealed class FailStep : TestStep
{
    internal override bool Try(Frame frame) => false;
}

/// <summary>Holds when the term is defined and not false.</summary>
internal sealed class TrueStep(PlanTerm term) : TestStep
{
    internal override bool Try(Frame frame) => term.Eval(frame) is { IsFalse: false };
}

/// <summary>Matches a value against a pattern.</summary>
internal sealed class MatchStep(PlanTerm value, Pattern pattern) : TestStep
{
    internal override bool Try(Frame frame) => value.Eval(frame) is { } found && pattern.Match(frame, found);
}

/// <summary>Puts a value into a slot.</summary>
internal sealed class AssignStep(PlanTerm value, int slot) : TestStep
{
    internal override bool Try(Frame frame) => (frame.Slots[slot] = value.Eval(frame)) is not null;
}

internal sealed class NotStep(Step body) : TestStep
{
    internal override bool Try(Frame frame) => !body.Run(frame);
}

internal sealed class CoverStep(Location place) : TestStep
{
    internal override bool Try(Frame frame)
    {
        frame.Evaluation.State.Options.Coverage?.Hit(place.File, place.Row);
        return true;
    }
}
