namespace Kfm.Gates.Rego;

/// <summary>What one evaluation may use; beyond it the evaluation ends with eval_limit_error.</summary>
public sealed record EvaluateLimits
{
    /// <summary>Steps: iterations, calls and rule evaluations. The default is 50 million.</summary>
    public long Steps { get; init; } = 50_000_000;

    /// <summary>Depth of nested rule evaluations and calls. The default is 1,000.</summary>
    public int Depth { get; init; } = 1_000;

    /// <summary>Bytes that the evaluation may allocate in all, those included that are free again. The default is 4 GiB; looked at every thousand steps.</summary>
    public long Memory { get; init; } = 4L << 30;

    /// <summary>How long it may take by <see cref="EvaluateOptions.Clock"/>, without which it must be null, its default; looked at every thousand steps.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Elements that builtins and comprehensions may put into one collection, and characters into one string. The default is 10 million.</summary>
    public int Size { get; init; } = 10_000_000;
}
