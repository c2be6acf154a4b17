namespace Kfm.Agent.Configuration;

/// <summary>What goes to the stewards of a repository beside what always does.</summary>
public sealed record StewardshipSettings
{
    /// <summary>Globs of changed paths by duty: <c>catalog</c>, <c>provenance</c>, <c>rights</c>, <c>sensitivity</c>, <c>sovereignty</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Glob>> Paths { get; init; } = new Dictionary<string, IReadOnlyList<Glob>>(StringComparer.Ordinal);

    /// <summary>The jurisdictions that documents and data may name, in lower case; empty permits all.</summary>
    public IReadOnlyList<string> Jurisdictions { get; init; } = [];
}
