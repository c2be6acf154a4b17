using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A term of a plan: it has one value, or none when undefined.</summary>
internal abstract class PlanTerm
{
    internal abstract RegoValue? Eval(Frame frame);

    /// <summary>Tells what the term reads.</summary>
    internal abstract void Describe(SlotUse use);

    /// <summary>All values, or null when one is undefined.</summary>
    internal static RegoValue[]? EvalAll(PlanTerm[] terms, Frame frame)
    {
        var values = terms.Length == 0 ? [] : new RegoValue[terms.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i].Eval(frame) is not { } value)
            {
                return null;
            }

            values[i] = value;
        }

        return values;
    }
}

internal sealed class ConstantTerm(RegoValue value) : PlanTerm
{
    internal RegoValue Value { get; } = value;

    internal override RegoValue Eval(Frame frame) => Value;

    internal override void Describe(SlotUse use)
    {
    }
}

internal sealed class SlotTerm(int slot) : PlanTerm
{
    internal int Slot { get; } = slot;

    internal override RegoValue? Eval(Frame frame) => frame.Slots[Slot];

    internal override void Describe(SlotUse use) => use.Reads.Add(Slot);
}

/// <summary>Constant steps into the value of a slot.</summary>
internal sealed class SlotPathTerm(int slot, RegoValue[] path) : PlanTerm
{
    internal int Slot { get; } = slot;

    internal RegoValue[] Path { get; } = path;

    internal override RegoValue? Eval(Frame frame)
    {
        var value = frame.Slots[Slot];
        foreach (var key in Path)
        {
            value = value?.Get(key);
        }

        return value;
    }

    internal override void Describe(SlotUse use) => use.Reads.Add(Slot);
}

/// <summary>Records that a term was reached.</summary>
internal sealed class CoverTerm(PlanTerm term, Location place) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        frame.Evaluation.State.Options.Coverage?.Hit(place.File, place.Row);
        return term.Eval(frame);
    }

    internal override void Describe(SlotUse use)
    {
        term.Describe(use);
        use.Watch();
    }
}

/// <summary>input, or constant steps into it.</summary>
internal sealed class InputTerm(RegoValue[] path) : PlanTerm
{
    internal RegoValue[] Path { get; } = path;

    internal override RegoValue? Eval(Frame frame) => Paths.Get(frame.Evaluation.Input, Path);

    internal override void Describe(SlotUse use)
    {
    }
}

/// <summary>A step into a value.</summary>
internal sealed class MemberTerm(PlanTerm value, PlanTerm key) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) =>
        value.Eval(frame) is { } found && key.Eval(frame) is { } name ? found.Get(name) : null;

    internal override void Describe(SlotUse use)
    {
        value.Describe(use);
        key.Describe(use);
    }

    /// <summary>A step into a value; constant steps into input or a variable become one term.</summary>
    internal static PlanTerm Of(PlanTerm value, PlanTerm key) => (value, key) switch
    {
        (InputTerm input, ConstantTerm name) => new InputTerm([.. input.Path, name.Value]),
        (SlotTerm variable, ConstantTerm name) => new SlotPathTerm(variable.Slot, [name.Value]),
        (SlotPathTerm path, ConstantTerm name) => new SlotPathTerm(path.Slot, [.. path.Path, name.Value]),
        _ => new MemberTerm(value, key),
    };
}

internal sealed class MakeArrayTerm(PlanTerm[] items) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) => EvalAll(items, frame) is { } values ? new RegoArray(values) : null;

    internal override void Describe(SlotUse use) => use.All(items);
}

internal sealed class MakeSetTerm(PlanTerm[] items) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        var table = new ValueTable(1, items.Length);
        foreach (var item in items)
        {
            if (item.Eval(frame) is not { } value)
            {
                return null;
            }

            table.TryAdd(value);
        }

        return new RegoSet(table);
    }

    internal override void Describe(SlotUse use) => use.All(items);
}

internal sealed class MakeObjectTerm((PlanTerm Key, PlanTerm Value)[] members, Location place) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        var table = new ValueTable(2, members.Length);
        foreach (var (key, value) in members)
        {
            if (key.Eval(frame) is not { } name || value.Eval(frame) is not { } member)
            {
                return null;
            }

            var at = table.Find(name);
            if (at < 0)
            {
                table.Add(name, member);
            }
            else if (!table.ValueAt(at).Equals(member))
            {
                throw EvaluationState.Error(RegoEvaluationException.Conflict, "object keys must be unique", place);
            }
        }

        return new RegoObject(table);
    }

    internal override void Describe(SlotUse use)
    {
        use.All(members.Select(m => m.Key));
        use.All(members.Select(m => m.Value));
        use.Impure();
    }
}
