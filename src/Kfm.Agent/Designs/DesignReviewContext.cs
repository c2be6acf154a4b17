using Kfm.Agent.Autonomy;
using Kfm.Agent.Intents;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Designs;

/// <summary>What design reviews are counted against.</summary>
/// <param name="Design">The SHA-256 of design.md.</param>
/// <param name="Tier">The tier of the intent.</param>
/// <param name="People">Who may review, from the base commit or the caller.</param>
public sealed record DesignReviewContext(Digest Design, RiskTier Tier, PeopleFile People)
{
    /// <summary>The ids that may not review: the author of the intent, and the agent.</summary>
    public IReadOnlySet<string> ExcludedIds { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The ids of keys that may not review, such as the key of the pipeline; the keys of excluded ids are added to them.</summary>
    public IReadOnlySet<string> ExcludedKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
