using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A step of a plan. It runs the steps after it once for each of its solutions.</summary>
internal abstract class Step
{
    internal Step Next => Following!;

    /// <summary>The step after this one; null at the end of a body.</summary>
    internal Step? Following { get; private set; }

    /// <summary>The step after this one when it is a test.</summary>
    private protected TestStep? NextTest { get; private set; }

    internal void Follow(Step next)
    {
        Following = next;
        NextTest = next as TestStep;
    }

    /// <summary>Runs this step and those after it.</summary>
    /// <returns>Whether to stop: no further solution is needed.</returns>
    internal abstract bool Run(Frame frame);

    /// <summary>Tells what this step alone reads and writes.</summary>
    internal abstract void Describe(SlotUse use);
}

/// <summary>A step with at most one solution. Runs of them are a loop, so that long bodies need no stack.</summary>
internal abstract class TestStep : Step
{
    internal abstract bool Try(Frame frame);

    internal sealed override bool Run(Frame frame)
    {
        var test = this;
        while (test.Try(frame))
        {
            if (test.NextTest is not { } next)
            {
                return test.Next.Run(frame);
            }

            test = next;
        }

        return false;
    }
}

/// <summary>Ends a body of which only it counts whether there is a solution.</summary>
internal sealed class FoundStep : Step
{
    internal override bool Run(Frame frame) => true;

    internal override void Describe(SlotUse use)
    {
    }
}

internal sealed class FailStep : TestStep
{
    internal override bool Try(Frame frame) => false;

    internal override void Describe(SlotUse use)
    {
    }
}

/// <summary>Holds when the term is defined and not false.</summary>
internal sealed class TrueStep(PlanTerm term) : TestStep
{
    internal override bool Try(Frame frame) => term.Eval(frame) is { IsFalse: false };

    internal override void Describe(SlotUse use) => term.Describe(use);
}

/// <summary>Holds when the comparison does.</summary>
internal sealed class CompareStep(CompareTerm term) : TestStep
{
    internal CompareTerm Term { get; } = term;

    internal override bool Try(Frame frame) => Term.Test(frame);

    internal override void Describe(SlotUse use) => Term.Describe(use);
}

/// <summary>Matches a value against a pattern.</summary>
internal sealed class MatchStep(PlanTerm value, Pattern pattern) : TestStep
{
    internal PlanTerm Value { get; } = value;

    internal Pattern Pattern { get; } = pattern;

    internal override bool Try(Frame frame) => Value.Eval(frame) is { } found && Pattern.Match(frame, found);

    internal override void Describe(SlotUse use)
    {
        Value.Describe(use);
        Pattern.Describe(use);
    }
}

/// <summary>Puts a value into a slot.</summary>
internal sealed class AssignStep(PlanTerm value, int slot) : TestStep
{
    internal override bool Try(Frame frame) => (frame.Slots[slot] = value.Eval(frame)) is not null;

    internal override void Describe(SlotUse use)
    {
        value.Describe(use);
        use.Writes.Add(slot);
    }
}

internal sealed class NotStep(Step body) : TestStep
{
    internal override bool Try(Frame frame) => !body.Run(frame);

    internal override void Describe(SlotUse use)
    {
        use.Body(body);
        use.Impure();
    }
}

internal sealed class CoverStep(Location place) : TestStep
{
    internal override bool Try(Frame frame)
    {
        frame.Evaluation.State.Options.Coverage?.Hit(place.File, place.Row);
        return true;
    }

    internal override void Describe(SlotUse use) => use.Watch();
}
