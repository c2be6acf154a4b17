using Kfm.Provenance.Digests;

namespace Kfm.Agent.Autonomy;

/// <summary>What halts and their ends are counted against.</summary>
/// <param name="Repository">The URI of the repository.</param>
/// <param name="People">Who may resume, from the base commit of today.</param>
/// <param name="PolicySet">The digest of the policies at that commit.</param>
/// <param name="Now">The caller's time; what was signed after it does not count.</param>
public sealed record HaltContext(string Repository, PeopleFile People, Digest PolicySet, DateTimeOffset Now)
{
    /// <summary>The ids of keys that may not resume, such as those of the pipeline.</summary>
    public IReadOnlySet<string> ExcludedKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
