using Kfm.Gates.Decisions;
using Kfm.Gates.Overrides;

namespace Kfm.Agent.Autonomy;

/// <summary>What overrides are counted against.</summary>
/// <param name="Decision">The decision that denies.</param>
/// <param name="Terms">What of it can be lifted, by whom and for how long.</param>
/// <param name="People">Who may override, from the base commit or the caller.</param>
/// <param name="Now">The caller's time: overrides hold from their beginning to before their end.</param>
public sealed record OverrideContext(Decision Decision, OverrideTerms Terms, PeopleFile People, DateTimeOffset Now)
{
    /// <summary>The URI of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The commit of the proposal.</summary>
    public required string Head { get; init; }

    /// <summary>The ids that may not override: the author of the intent, and the agent.</summary>
    public IReadOnlySet<string> ExcludedIds { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The ids of keys that may not override, such as the key that sealed the bundle; the keys of excluded ids are added to them.</summary>
    public IReadOnlySet<string> ExcludedKeys { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
