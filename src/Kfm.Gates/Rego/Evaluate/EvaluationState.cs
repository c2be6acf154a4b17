using System.Runtime.CompilerServices;
using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>What the whole evaluation shares: options, budget, depth, working memory.</summary>
internal sealed class EvaluationState
{
    /// <summary>Steps between two looks at cancellation, time and memory.</summary>
    private const int Portion = 1024;

    private long _startBytes;
    private long _startTime;
    private long _steps;
    private long _given;
    private long _portion;
    private int _depth;

    internal EvaluationState(Scratch scratch)
    {
        Scratch = scratch;
        Builtins = new BuiltinContext(this);
    }

    internal EvaluateOptions Options { get; private set; } = EvaluateOptions.Default;

    internal Scratch Scratch { get; }

    /// <summary>How many rules and functions are being evaluated.</summary>
    internal int Depth => _depth;

    internal BuiltinContext Builtins { get; }

    /// <summary>Begins an evaluation with a whole budget.</summary>
    internal EvaluationState Begin(EvaluateOptions options)
    {
        Options = options;
        Builtins.Begin();
        (_steps, _depth) = (0, 0);
        _startBytes = GC.GetAllocatedBytesForCurrentThread();
        _portion = _given = Math.Min(Portion, options.Limits.Steps);
        _startTime = options.Limits.Time is null ? 0
            : options.Clock?.GetTimestamp() ?? throw new ArgumentException("A limit of time needs a clock.", nameof(options));
        return this;
    }

    /// <summary>Lets go of what came from outside.</summary>
    internal void End()
    {
        Options = EvaluateOptions.Default;
        Builtins.Begin();
    }

    internal static RegoEvaluationException Error(string code, string message, Location place) =>
        new(code, message, place.File ?? "", place.Row, place.Col);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Tick(Location place)
    {
        if (--_portion < 0)
        {
            Refill(place);
        }
    }

    /// <summary>Counts work that one call does at once.</summary>
    internal void Spend(long steps, Location place)
    {
        _portion -= steps;
        if (_portion < 0)
        {
            Refill(place);
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

    private void Refill(Location place)
    {
        _steps += _given - _portion;
        var limits = Options.Limits;
        if (Options.CancellationToken.IsCancellationRequested)
        {
            throw Error(RegoEvaluationException.Cancel, "caller cancelled query execution", place);
        }

        if (_steps > limits.Steps)
        {
            throw Error(RegoEvaluationException.Limit, $"more than {limits.Steps} steps", place);
        }

        if (GC.GetAllocatedBytesForCurrentThread() - _startBytes > limits.Memory)
        {
            throw Error(RegoEvaluationException.Limit, $"more than {limits.Memory} bytes of memory", place);
        }

        if (limits.Time is { } time && Options.Clock!.GetElapsedTime(_startTime) > time)
        {
            throw Error(RegoEvaluationException.Limit, $"more than {time.TotalSeconds:0.###} seconds", place);
        }

        _portion = _given = Math.Min(Portion, limits.Steps - _steps);
    }
}
