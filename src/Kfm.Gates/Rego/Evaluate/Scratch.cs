namespace Kfm.Gates.Rego.Evaluate;

/// <summary>Working memory that one evaluation after the other uses on a thread: frames, arguments, lists. It holds no value between them.</summary>
internal sealed class Scratch
{
    private const int MaxKept = 256;
    private const int MaxKeptLength = 4096;

    [ThreadStatic]
    private static Scratch? _idle;

    private readonly Stack<List<RegoValue>> _lists = [];
    private readonly Stack<object?[]> _tables = [];
    private readonly Stack<GatheredTable> _sets = [];
    private readonly Stack<GatheredTable> _objects = [];
    private Frame?[] _frames = new Frame?[16];
    private int _framesUsed;
    private int _framesTouched;
    private RegoValue[] _arguments = new RegoValue[32];
    private int _argumentsTouched;

    /// <summary>Operands of the builtin call that is about to happen, by number of operands.</summary>
    internal RegoValue[][] Operands { get; } = [[], new RegoValue[1], new RegoValue[2], new RegoValue[3]];

    internal int ArgumentsUsed { get; private set; }

    internal CallCache Calls { get; } = new();

    /// <summary>The rows that the query has found.</summary>
    internal List<QueryRow> Rows { get; } = [];

    private Scratch() => State = new EvaluationState(this);

    internal EvaluationState State { get; }

    internal static Scratch Rent()
    {
        var scratch = _idle ?? new Scratch();
        _idle = null;
        return scratch;
    }

    /// <summary>Gives the memory back for the next evaluation. One that an exception left is dropped instead.</summary>
    internal void Return()
    {
        if (_framesTouched > MaxKept || _argumentsTouched > MaxKeptLength || Calls.Capacity > MaxKeptLength)
        {
            return;
        }

        for (var i = 0; i < _framesTouched; i++)
        {
            _frames[i]!.Clear();
        }

        Array.Clear(_arguments, 0, _argumentsTouched);
        foreach (var operands in Operands)
        {
            Array.Clear(operands);
        }

        Calls.Clear();
        Rows.Clear();
        State.End();
        (_framesTouched, _argumentsTouched) = (0, 0);
        _idle = this;
    }

    internal Frame Enter(Evaluation evaluation, BodyPlan plan)
    {
        if (_framesUsed == _frames.Length)
        {
            Array.Resize(ref _frames, _framesUsed * 2);
        }

        var frame = _frames[_framesUsed] ??= new Frame();
        if (++_framesUsed > _framesTouched)
        {
            _framesTouched = _framesUsed;
        }

        return frame.Reset(evaluation, plan);
    }

    internal void Leave() => _framesUsed--;

    internal void Push(RegoValue argument)
    {
        if (ArgumentsUsed == _arguments.Length)
        {
            Array.Resize(ref _arguments, ArgumentsUsed * 2);
        }

        _arguments[ArgumentsUsed++] = argument;
        _argumentsTouched = Math.Max(_argumentsTouched, ArgumentsUsed);
    }

    internal void Pop(int used) => ArgumentsUsed = used;

    /// <summary>The arguments from a place on; they stay valid when more are pushed.</summary>
    internal ReadOnlySpan<RegoValue> Arguments(int start) => _arguments.AsSpan(start, ArgumentsUsed - start);

    internal List<RegoValue> RentList() => _lists.TryPop(out var list) ? list : [];

    internal void Return(List<RegoValue> list)
    {
        if (list.Capacity <= MaxKeptLength && _lists.Count < MaxKept)
        {
            list.Clear();
            _lists.Push(list);
        }
    }

    internal GatheredTable RentTable(int stride) =>
        (stride == 1 ? _sets : _objects).TryPop(out var table) ? table : new GatheredTable(stride);

    /// <summary>The set of what was gathered; the table goes back.</summary>
    internal RegoSet FinishSet(GatheredTable table) => table.Count == 0 ? Keep(_sets, table, RegoSet.Empty)
        : table.Count > MaxKeptLength ? new RegoSet(table.Table) : Keep(_sets, table, new RegoSet(table.Table.Compact()));

    /// <summary>The object of what was gathered; the table goes back.</summary>
    internal RegoObject FinishObject(GatheredTable table) => table.Count == 0 ? Keep(_objects, table, RegoObject.Empty)
        : table.Count > MaxKeptLength ? new RegoObject(table.Table) : Keep(_objects, table, new RegoObject(table.Table.Compact()));

    internal object?[] RentDocuments(int length) => _tables.TryPeek(out var table) && table.Length >= length ? _tables.Pop() : new object?[length];

    internal void ReturnDocuments(object?[] table)
    {
        if (table.Length <= MaxKeptLength && _tables.Count < MaxKept)
        {
            Array.Clear(table);
            _tables.Push(table);
        }
    }

    private static T Keep<T>(Stack<GatheredTable> pool, GatheredTable table, T value)
    {
        if (pool.Count < MaxKept)
        {
            table.Reset();
            pool.Push(table);
        }

        return value;
    }
}
