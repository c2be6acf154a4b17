using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Compile;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>One evaluation, or the part of it under a with: input, data, caches.</summary>
internal sealed class Evaluation
{
    /// <summary>Stands in the cache for a document that is undefined.</summary>
    private static readonly object Undefined = new();

    private static readonly Dictionary<string, Mock> NoMocks = new(StringComparer.Ordinal);

    private readonly object?[] _documents;
    private readonly Dictionary<string, Mock> _mocks = NoMocks;
    private CallCache? _calls;
    private object?[] _memos = [];

    internal Evaluation(PolicyNode root, RegoValue? input, RegoValue? data, EvaluationState state)
    {
        Root = root;
        Input = input;
        Data = data;
        State = state;
        _documents = state.Scratch.RentDocuments(root.Ids.Documents);
    }

    internal PolicyNode Root { get; }

    internal RegoValue? Input { get; private init; }

    internal RegoValue? Data { get; private init; }

    internal EvaluationState State { get; }

    /// <summary>The places below data that with replaced: their rules do not count.</summary>
    internal OverrideNode? Overrides { get; private init; }

    /// <summary>Whether with replaced a function or builtin.</summary>
    internal bool HasMocks { get; private init; }

    private Dictionary<string, Mock> Mocks
    {
        get => _mocks;
        init
        {
            _mocks = value;
            HasMocks = value.Count > 0;
        }
    }

    internal static Evaluation Begin(PolicyNode root, RegoValue? input, RegoValue? data, EvaluationState state) =>
        new(root, input, data, state) { _calls = state.Scratch.Calls };

    internal Mock? FindMock(string name) => HasMocks ? _mocks.GetValueOrDefault(name) : null;

    internal Evaluation WithInput(RegoValue? input) =>
        new(Root, input, Data, State) { Overrides = Overrides, Mocks = Mocks };

    internal Evaluation WithData(string[] path, RegoValue value) => new(Root, Input, Paths.Put(Data, path, value), State)
    {
        Overrides = (Overrides ?? OverrideNode.None).Put(path),
        Mocks = Mocks,
    };

    internal Evaluation WithMock(string name, Mock mock) => new(Root, Input, Data, State)
    {
        Overrides = Overrides,
        Mocks = new Dictionary<string, Mock>(Mocks, StringComparer.Ordinal) { [name] = mock },
    };

    /// <summary>What a function sees that stands in the place of another: no replacements of functions.</summary>
    internal Evaluation WithoutMocks() => new(Root, Input, Data, State) { Overrides = Overrides };

    /// <summary>Gives the table of documents back. Nothing may be asked of this evaluation after it.</summary>
    internal void End() => State.Scratch.ReturnDocuments(_documents);

    internal RegoValue? Evaluate(Document document)
    {
        if (_documents[document.Index] is { } cached)
        {
            return cached as RegoValue;
        }

        State.Enter(document.Place);
        var value = document.Evaluate(this);
        State.Leave();
        _documents[document.Index] = value ?? Undefined;
        return value;
    }

    internal RegoValue? Call(FunctionDocument function, ReadOnlySpan<RegoValue> arguments)
    {
        var calls = _calls ??= new CallCache();
        var hash = CallCache.Hash(function, arguments);
        if (calls.TryGet(hash, function, arguments, out var cached))
        {
            return cached;
        }

        State.Enter(function.Place);
        var value = function.Call(this, arguments);
        State.Leave();
        calls.Add(hash, function, arguments, value);
        return value;
    }

    /// <summary>What a step or term keeps for as long as input, data and functions stay the same.</summary>
    internal ref object? Memo(int id)
    {
        if (id >= _memos.Length)
        {
            Array.Resize(ref _memos, Math.Max(id + 1, 2 * _memos.Length));
        }

        return ref _memos[id];
    }
}

/// <summary>What a function is replaced by: a value, a builtin or a function of the policy.</summary>
internal sealed record Mock(RegoValue? Value, Builtin? Builtin, FunctionDocument? Function);
