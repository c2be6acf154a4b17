namespace Kfm.Agent.Autonomy;

/// <summary>A step of a rollout.</summary>
/// <param name="Kind">What it does.</param>
public sealed record RolloutStep(RolloutStepKind Kind)
{
    /// <summary>The part of the traffic that reaches the change, in percent, above 0 and at most 100; null where the step moves no traffic.</summary>
    public double? Percent { get; init; }

    /// <summary>Whether the part is reached in steps and not at once.</summary>
    public bool Gradual { get; init; }

    /// <summary>How long the step lasts at least, in seconds; null where only what it does ends it.</summary>
    public int? Seconds { get; init; }

    /// <summary>The roles that let the rollout go on, ordinal order; empty where no person is asked.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
