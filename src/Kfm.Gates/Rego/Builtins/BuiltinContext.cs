using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>What builtins know of the evaluation: options, and what must stay the same within one query.</summary>
internal sealed class BuiltinContext(EvaluationState state)
{
    private RegoValue? _now;
    private Dictionary<(string Builtin, RegoValue Question), RegoValue?>? _answers;

    internal EvaluateOptions Options => state.Options;

    /// <summary>The place of the call.</summary>
    internal Location Place { get; set; }

    internal RegoValue Now => _now ??= RegoNumber.Of(
        ((Options.Clock ?? throw BuiltinException.Failed("time.now_ns", "the host gives no clock")).GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);

    /// <summary>Forgets what the evaluation before has fixed.</summary>
    internal void Begin()
    {
        _now = null;
        _answers = null;
        Place = default;
    }

    /// <summary>The answer of a builtin that may answer otherwise the next time; within one query it does not.</summary>
    internal RegoValue? Once(string builtin, RegoValue question, Func<RegoValue?> ask)
    {
        _answers ??= [];
        if (!_answers.TryGetValue((builtin, question), out var answer))
        {
            _answers[(builtin, question)] = answer = ask();
        }

        return answer;
    }

    /// <summary>Bytes that depend on the seed of the host and on what is asked for, and on nothing else.</summary>
    internal byte[] Random(string builtin, string key)
    {
        if (Options.Seed.IsEmpty)
        {
            throw BuiltinException.Failed(builtin, "the host gives no seed; set EvaluateOptions.Seed");
        }

        return System.Security.Cryptography.HMACSHA256.HashData(Options.Seed.Span, System.Text.Encoding.UTF8.GetBytes(builtin + "\0" + key));
    }

    /// <summary>Bounds what a builtin makes, and counts it as steps: one for 16 elements or characters.</summary>
    internal void CheckSize(long size)
    {
        state.Spend(size >> 4, Place);
        if (size > Options.Limits.Size)
        {
            throw EvaluationState.Error(
                RegoEvaluationException.Limit, $"a value has more than {Options.Limits.Size} elements", Place);
        }
    }

    /// <summary>Counts steps of a builtin that may take many; ends it at the limits of steps, time and memory, or when it is cancelled.</summary>
    internal void Spend(long steps) => state.Spend(steps, Place);

    internal void CheckCancelled()
    {
        if (Options.CancellationToken.IsCancellationRequested)
        {
            throw EvaluationState.Error(RegoEvaluationException.Cancel, "caller cancelled query execution", Place);
        }
    }
}
