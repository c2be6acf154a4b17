using System.Runtime.CompilerServices;
using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Compile;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>One evaluation, or the part of it under a with: input, data, caches.</summary>
internal sealed class Evaluation
{
    private readonly Dictionary<Document, RegoValue?> _documents = [];
    private readonly Dictionary<(Document Function, RegoArray Arguments), RegoValue?> _calls = [];

    internal Evaluation(PolicyNode root, RegoValue? input, RegoValue? data, EvaluationState state)
    {
        Root = root;
        Input = input;
        Data = data;
        State = state;
    }

    internal PolicyNode Root { get; }

    internal RegoValue? Input { get; private init; }

    internal RegoValue? Data { get; private init; }

    internal EvaluationState State { get; }

    /// <summary>The places below data that with replaced: their rules do not count.</summary>
    internal OverrideNode? Overrides { get; private init; }

    /// <summary>Functions and builtins that with replaced.</summary>
    internal IReadOnlyDictionary<string, Mock> Mocks { get; private init; } = new Dictionary<string, Mock>(StringComparer.Ordinal);

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

    internal Evaluation WithoutMock(string name) => new(Root, Input, Data, State)
    {
        Overrides = Overrides,
        Mocks = new Dictionary<string, Mock>(Mocks.Where(m => m.Key != name), StringComparer.Ordinal),
    };

    internal RegoValue? Evaluate(Document document)
    {
        if (_documents.TryGetValue(document, out var cached))
        {
            return cached;
        }

        State.Enter(document.Place);
        var value = document.Evaluate(this);
        State.Leave();
        _documents[document] = value;
        return value;
    }

    internal RegoValue? Call(FunctionDocument function, RegoValue[] arguments)
    {
        var key = (function, new RegoArray(arguments));
        if (_calls.TryGetValue(key, out var cached))
        {
            return cached;
        }

        State.Enter(function.Place);
        var value = function.Call(this, arguments);
        State.Leave();
        _calls[key] = value;
        return value;
    }
}

/// <summary>What a function is replaced by: a value, a builtin or a function of the policy.</summary>
internal sealed record Mock(RegoValue? Value, Builtin? Builtin, FunctionDocument? Function);

/// <summary>What the whole evaluation shares: options, budget, depth.</summary>
internal sealed class EvaluationState(EvaluateOptions options)
{
    private long _steps;
    private int _depth;

    internal EvaluateOptions Options { get; } = options;

    internal BuiltinContext Builtins { get; } = new(options);

    internal void Tick(Location place)
    {
        if (++_steps > Options.Limits.Steps)
        {
            throw Error(RegoEvaluationException.Limit, $"more than {Options.Limits.Steps} steps", place);
        }

        if ((_steps & 0x3ff) == 0 && Options.CancellationToken.IsCancellationRequested)
        {
            throw Error(RegoEvaluationException.Cancel, "caller cancelled query execution", place);
        }
    }

    internal void Enter(Location place)
    {
        Tick(place);
        if (++_depth > Options.Limits.Depth)
        {
            throw Error(RegoEvaluationException.Limit, $"rules are nested deeper than {Options.Limits.Depth} levels", place);
        }

        EnsureStack(place);
    }

    internal void Leave() => _depth--;

    internal static void EnsureStack(Location place)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error(RegoEvaluationException.Limit, "the stack of the thread is used up", place);
        }
    }

    internal void CheckSize(long size, Location place)
    {
        if (size > Options.Limits.Size)
        {
            throw Error(RegoEvaluationException.Limit, $"a value has more than {Options.Limits.Size} elements", place);
        }
    }

    internal static RegoEvaluationException Error(string code, string message, Location place) =>
        new(code, message, place.File ?? "", place.Row, place.Col);
}
