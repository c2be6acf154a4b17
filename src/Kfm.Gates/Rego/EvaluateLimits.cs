namespace Kfm.Gates.Rego;

/// <summary>What one evaluation may use; beyond it the evaluation ends with eval_limit_error.</summary>
public sealed record EvaluateLimits
{
    /// <summary>Steps: iterations, calls and rule evaluations. The default is 50 million.</summary>
    public long Steps { get; init; } = 50_000_000;

    /// <summary>Depth of nested rule evaluations and calls. The default is 1,000.</summary>
    public int Depth { get; init; } = 1_000;

    /// <summary>Elements that builtins and comprehensions may put into one collection, and characters into one string. The default is 10 million.</summary>
    public int Size { get; init; } = 10_000_000;
}
