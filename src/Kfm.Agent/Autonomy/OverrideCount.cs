namespace Kfm.Agent.Autonomy;

/// <summary>The overrides that count, those that do not, and what of the denial stands.</summary>
/// <param name="Granted">The overrides that count, by their time, then by name.</param>
/// <param name="Refused">The overrides that do not count.</param>
/// <param name="Standing">What still denies, as the decision says it; empty when every reason is lifted by all roles that must sign.</param>
public sealed record OverrideCount(
    IReadOnlyList<GrantedOverride> Granted,
    IReadOnlyList<OverrideRefusal> Refused,
    IReadOnlyList<string> Standing)
{
    /// <summary>Whether the denial is lifted as a whole.</summary>
    public bool IsLifted => Granted.Count > 0 && Standing.Count == 0;
}
