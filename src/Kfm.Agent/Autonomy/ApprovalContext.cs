using Kfm.Provenance.Digests;

namespace Kfm.Agent.Autonomy;

/// <summary>What approvals are counted against.</summary>
/// <param name="Decision">The SHA-256 of decision.json.</param>
/// <param name="Head">The commit of the proposal.</param>
/// <param name="Required">The roles that the decision asks for.</param>
/// <param name="People">Who may approve, from the base commit or the caller.</param>
public sealed record ApprovalContext(Digest Decision, string Head, IReadOnlyList<string> Required, PeopleFile People)
{
    /// <summary>The ids that may not approve: the author of the intent, and the agent.</summary>
    public IReadOnlySet<string> ExcludedIds { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The ids of keys that may not approve, such as the key that sealed the bundle; the keys of excluded ids are added to them.</summary>
    public IReadOnlySet<string> ExcludedKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
