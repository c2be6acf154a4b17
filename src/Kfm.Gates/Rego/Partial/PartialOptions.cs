namespace Kfm.Gates.Rego;

/// <summary>What a partial evaluation knows and may use.</summary>
public sealed record PartialOptions
{
    /// <summary>The places of the input that are not known yet, such as <c>input.resource</c>: names joined by dots. The default is all of the input.</summary>
    public IReadOnlyList<string> Unknowns { get; init; } = ["input"];

    /// <summary>How many residual queries there may be on the way, beyond which eval_limit_error is thrown. The default is 10,000.</summary>
    public int MaxQueries { get; init; } = 10_000;

    /// <summary>Data, clock and limits of the parts that are evaluated now.</summary>
    public EvaluateOptions Evaluate { get; init; } = new();
}
