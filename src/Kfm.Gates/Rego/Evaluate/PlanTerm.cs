using System.Text;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A term of a plan: it has one value, or none when undefined.</summary>
internal abstract class PlanTerm
{
    internal abstract RegoValue? Eval(Frame frame);

    /// <summary>All values, or null when one is undefined.</summary>
    internal static RegoValue[]? EvalAll(PlanTerm[] terms, Frame frame)
    {
        var values = new RegoValue[terms.Length];
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
}

internal sealed class SlotTerm(int slot) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) => frame.Slots[slot];
}

/// <summary>Records that a term was reached.</summary>
internal sealed class CoverTerm(PlanTerm term, Location place) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        frame.Evaluation.State.Options.Coverage?.Hit(place.File, place.Row);
        return term.Eval(frame);
    }
}

internal sealed class InputTerm : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) => frame.Evaluation.Input;
}

/// <summary>A step into a value.</summary>
internal sealed class MemberTerm(PlanTerm value, PlanTerm key) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) =>
        value.Eval(frame) is { } found && key.Eval(frame) is { } name ? found.Get(name) : null;
}

/// <summary>The document at a path below data.</summary>
internal sealed class DataTerm(PlanTerm[] path) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) =>
        EvalAll(path, frame) is { } keys ? DataCursor.Get(frame.Evaluation, keys) : null;
}

internal sealed class MakeArrayTerm(PlanTerm[] items) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) => EvalAll(items, frame) is { } values ? new RegoArray(values) : null;
}

internal sealed class MakeSetTerm(PlanTerm[] items) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) => EvalAll(items, frame) is { } values ? RegoSet.Create(values) : null;
}

internal sealed class MakeObjectTerm((PlanTerm Key, PlanTerm Value)[] members, Location place) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        var map = new Dictionary<RegoValue, RegoValue>(members.Length);
        foreach (var (key, value) in members)
        {
            if (key.Eval(frame) is not { } name || value.Eval(frame) is not { } member)
            {
                return null;
            }

            if (!map.TryAdd(name, member) && !map[name].Equals(member))
            {
                throw EvaluationState.Error(RegoEvaluationException.Conflict, "object keys must be unique", place);
            }
        }

        return new RegoObject(map);
    }
}

/// <summary>A template string. An undefined expression shows as such.</summary>
internal sealed class TemplateStringTerm((string? Text, PlanTerm? Value)[] parts) : PlanTerm
{
    internal override RegoValue Eval(Frame frame)
    {
        var text = new StringBuilder();
        foreach (var (literal, term) in parts)
        {
            var value = term?.Eval(frame);
            text.Append(literal ?? (value is RegoString s ? s.Text : value?.ToString() ?? "<undefined>"));
        }

        return new RegoString(text.ToString());
    }
}
