namespace Kfm.Agent.Autonomy;

/// <summary>What takes a rollout back by itself.</summary>
/// <param name="Id">The id, for example <c>error-rate</c>.</param>
/// <param name="Above">Whether a value above the threshold triggers; else one below it does.</param>
/// <param name="Threshold">The threshold, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit: <c>1</c> for a ratio or a count, <c>ms</c>.</param>
public sealed record RolloutTrigger(string Id, bool Above, double Threshold, string Unit)
{
    /// <summary>The time over which the value is counted, in seconds; null where one value is enough.</summary>
    public int? WithinSeconds { get; init; }
}
