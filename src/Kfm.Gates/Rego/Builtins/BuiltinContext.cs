using Kfm.Gates.Rego.Evaluate;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>What builtins know of the evaluation: options, and what must stay the same within one query.</summary>
internal sealed class BuiltinContext(EvaluateOptions options)
{
    private RegoValue? _now;

    internal EvaluateOptions Options { get; } = options;

    /// <summary>The place of the call.</summary>
    internal Location Place { get; set; }

    internal RegoValue Now => _now ??= RegoNumber.Of(
        ((Options.Clock ?? throw BuiltinException.Failed("time.now_ns", "the host gives no clock")).GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);

    /// <summary>Bounds what a builtin makes.</summary>
    internal void CheckSize(long size)
    {
        if (size > Options.Limits.Size)
        {
            throw EvaluationState.Error(
                RegoEvaluationException.Limit, $"a value has more than {Options.Limits.Size} elements", Place);
        }
    }

    internal void CheckCancelled()
    {
        if (Options.CancellationToken.IsCancellationRequested)
        {
            throw EvaluationState.Error(RegoEvaluationException.Cancel, "caller cancelled query execution", Place);
        }
    }
}
