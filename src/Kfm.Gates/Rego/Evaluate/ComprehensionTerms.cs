using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A comprehension: runs its body and gathers what its last step yields.</summary>
internal sealed class GatherTerm : PlanTerm
{
    private readonly RegoKind _kind;
    private readonly Step _body;
    private readonly int _collector;
    private readonly Location _place;
    private readonly int _memo;

    /// <summary>Creates the term.</summary>
    /// <param name="kind">What it makes.</param>
    /// <param name="body">The body; it ends with a <see cref="YieldStep"/> for the same collector.</param>
    /// <param name="collector">Where the frame keeps the elements meanwhile.</param>
    /// <param name="place">The place in the source.</param>
    /// <param name="memo">Where the value is kept, when the body reads nothing of the frame; null when it runs once.</param>
    internal GatherTerm(RegoKind kind, Step body, int collector, Location place, Func<int>? memo)
    {
        (_kind, _body, _collector, _place) = (kind, body, collector, place);
        var use = new SlotUse();
        use.Body(body);
        use.Reads.Remove(use.Writes);
        _memo = memo is null || use.Watched || !use.Reads.IsEmpty ? -1 : memo();
    }

    internal override RegoValue Eval(Frame frame)
    {
        if (_memo < 0)
        {
            return Gather(frame);
        }

        if (frame.Evaluation.Memo(_memo) is RegoValue known)
        {
            return known;
        }

        var value = Gather(frame);
        frame.Evaluation.Memo(_memo) = value;
        return value;
    }

    internal override void Describe(SlotUse use)
    {
        use.Body(_body);
        use.Impure();
    }

    private RegoValue Gather(Frame frame)
    {
        EvaluationState.EnsureStack(_place);
        var scratch = frame.Evaluation.State.Scratch;
        if (_kind != RegoKind.Array)
        {
            var table = scratch.RentTable(_kind == RegoKind.Set ? 1 : 2);
            frame.Collectors[_collector] = table;
            _body.Run(frame);
            return _kind == RegoKind.Set ? scratch.FinishSet(table) : scratch.FinishObject(table);
        }

        var items = scratch.RentList();
        frame.Collectors[_collector] = items;
        _body.Run(frame);
        var array = items.Count == 0 ? RegoArray.Empty : new RegoArray([.. items]);
        scratch.Return(items);
        return array;
    }
}

/// <summary>The elements of a set or the members of an object that grows.</summary>
internal sealed class GatheredTable(int stride)
{
    private ValueTable _table = new(stride, 0);

    internal ValueTable Table => _table;

    internal int Count => _table.Count;

    internal void Reset() => _table.Reset();

    internal void Add(RegoValue element) => _table.TryAdd(element);

    /// <summary>Adds a member; false when the key has another value already.</summary>
    internal bool TryPut(RegoValue key, RegoValue value)
    {
        var at = _table.Find(key);
        if (at >= 0)
        {
            return _table.ValueAt(at).Equals(value);
        }

        _table.Add(key, value);
        return true;
    }
}

/// <summary>Yields an element of a comprehension.</summary>
internal sealed class YieldStep(RegoKind kind, PlanTerm? key, PlanTerm value, int collector, Location place) : Step
{
    /// <summary>Whether the order of the elements shows.</summary>
    internal bool Ordered { get; } = kind == RegoKind.Array;

    internal override bool Run(Frame frame)
    {
        if (value.Eval(frame) is not { } found)
        {
            return false;
        }

        var state = frame.Evaluation.State;
        if (frame.Collectors[collector] is List<RegoValue> items)
        {
            items.Add(found);
            state.CheckSize(items.Count, place);
            return false;
        }

        var table = (GatheredTable)frame.Collectors[collector]!;
        if (key is null)
        {
            table.Add(found);
        }
        else if (key.Eval(frame) is { } name && !table.TryPut(name, found))
        {
            throw EvaluationState.Error(RegoEvaluationException.Conflict, "object keys must be unique", place);
        }

        state.CheckSize(table.Count, place);
        return false;
    }

    internal override void Describe(SlotUse use)
    {
        key?.Describe(use);
        value.Describe(use);
    }
}
