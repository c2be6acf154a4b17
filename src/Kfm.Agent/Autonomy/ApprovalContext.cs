using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

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

    /// <summary>The keys of pipelines that the caller trusts to tell of reviews on GitHub.</summary>
    public IReadOnlyCollection<VerificationKey> Pipeline { get; init; } = [];

    /// <summary>The number of the pull request, or null.</summary>
    public string? PullRequest { get; init; }

    /// <summary>When the decision was made, or null when that is not known.</summary>
    public DateTimeOffset? Decided { get; init; }
}
