namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The plan of one body with its yield; the else plan counts when the body has no solution.</summary>
internal sealed class BodyPlan
{
    internal required Step Start { get; init; }

    internal required int Slots { get; init; }

    internal required int Collectors { get; init; }

    internal BodyPlan? Else { get; init; }

    internal Pattern[] Arguments { get; init; } = [];

    /// <summary>What must hold for the body to have a solution.</summary>
    internal IReadOnlyList<BodyGuard> Guards { get; init; } = [];
}

/// <summary>A place of the input, or an argument, that must have one of some values.</summary>
/// <param name="Input">The path below input; null for an argument.</param>
/// <param name="Argument">The position of the argument.</param>
/// <param name="Values">The values.</param>
internal sealed record BodyGuard(RegoValue[]? Input, int Argument, RegoValue[] Values)
{
    internal bool SamePlace(BodyGuard other) => Input is null
        ? other.Input is null && Argument == other.Argument
        : other.Input is not null && Input.AsSpan().SequenceEqual(other.Input);
}
