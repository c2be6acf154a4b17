namespace Kfm.Gates.Rego.Evaluate;

/// <summary>What a value is matched against; matching fills slots.</summary>
internal abstract class Pattern
{
    internal abstract bool Match(Frame frame, RegoValue value);

    internal abstract void Describe(SlotUse use);
}

internal sealed class AnyPattern : Pattern
{
    internal static readonly AnyPattern Instance = new();

    internal override bool Match(Frame frame, RegoValue value) => true;

    internal override void Describe(SlotUse use)
    {
    }
}

internal sealed class BindPattern(int slot) : Pattern
{
    internal override bool Match(Frame frame, RegoValue value)
    {
        frame.Slots[slot] = value;
        return true;
    }

    internal override void Describe(SlotUse use) => use.Writes.Add(slot);
}

internal sealed class EqualPattern(PlanTerm term) : Pattern
{
    internal PlanTerm Term { get; } = term;

    internal override bool Match(Frame frame, RegoValue value) => Term.Eval(frame) is { } expected && expected.Equals(value);

    internal override void Describe(SlotUse use) => Term.Describe(use);
}

internal sealed class ArrayPattern(Pattern[] items) : Pattern
{
    internal Pattern[] Items { get; } = items;

    internal override bool Match(Frame frame, RegoValue value)
    {
        if (value is not RegoArray array || array.Count != Items.Length)
        {
            return false;
        }

        for (var i = 0; i < Items.Length; i++)
        {
            if (!Items[i].Match(frame, array.Span[i]))
            {
                return false;
            }
        }

        return true;
    }

    internal override void Describe(SlotUse use) => Array.ForEach(Items, i => i.Describe(use));
}

internal sealed class ObjectPattern((PlanTerm Key, Pattern Value)[] members) : Pattern
{
    internal override bool Match(Frame frame, RegoValue value)
    {
        if (value is not RegoObject obj || obj.Count != members.Length)
        {
            return false;
        }

        foreach (var (key, pattern) in members)
        {
            if (key.Eval(frame) is not { } name || obj.Get(name) is not { } member || !pattern.Match(frame, member))
            {
                return false;
            }
        }

        return true;
    }

    internal override void Describe(SlotUse use) => Array.ForEach(members, m =>
    {
        m.Key.Describe(use);
        m.Value.Describe(use);
    });
}
