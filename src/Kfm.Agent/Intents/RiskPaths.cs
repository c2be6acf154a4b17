using Kfm.Agent.Configuration;

namespace Kfm.Agent.Intents;

/// <summary>Gives changed paths a tier, by patterns.</summary>
/// <remarks>Each path has the highest tier of the patterns that match it; a path that none matches is Medium, like a feature.</remarks>
public sealed class RiskPaths
{
    private const string Protected = "path.protected";

    private static readonly (RiskTier Tier, string Id, string[] Patterns)[] Defaults =
    [
        (RiskTier.Low, "path.docs", ["**/*.{md,rst,adoc,txt}", "docs/**"]),
        (RiskTier.Low, "path.config", ["**/.editorconfig", "**/.gitignore", "**/.gitattributes"]),
        (RiskTier.High, "path.migration", ["**/{migrations,Migrations,migration,Migration}/**", "**/*.sql"]),
        (RiskTier.High, "path.auth", ["**/{auth,Auth,authentication,Authentication,authorization,Authorization,identity,Identity}/**"]),
        (RiskTier.Critical, "path.architecture", ["docs/{adr,architecture}/**", "**/ARCHITECTURE.md"]),
        (RiskTier.Critical, "path.compliance", ["**/{LICENSE,LICENSE.*,LICENCE,LICENCE.*,NOTICE,SECURITY.md}", "**/{compliance,consent}/**"]),
    ];

    private static readonly string[] AlwaysProtected =
        ["kfm.json", "{policies,schemas}/**", "{CODEOWNERS,docs/CODEOWNERS,.github/CODEOWNERS,people.json}", ".github/**"];

    private readonly List<(RiskTier Tier, string Id, Glob Glob)> _rules = [];
    private readonly Glob[] _protected;

    /// <summary>Creates the rules.</summary>
    /// <param name="patterns">Patterns beside the default ones; null for none. They can raise a tier, and lower one only where no default pattern matches.</param>
    /// <param name="protectedPaths">Paths and patterns, beside those that always are, which a proposal must not change without escalation; null for none.</param>
    /// <exception cref="GlobFormatException">A pattern is not one.</exception>
    public RiskPaths(IReadOnlyDictionary<RiskTier, IReadOnlyList<string>>? patterns = null, IReadOnlyList<string>? protectedPaths = null)
    {
        Add(Defaults.SelectMany(d => d.Patterns.Select(p => (d.Tier, d.Id, p))));
        Add((patterns ?? new Dictionary<RiskTier, IReadOnlyList<string>>()).OrderBy(p => p.Key)
            .SelectMany(p => p.Value.Select(glob => (p.Key, "path.configured", glob))));
        _protected = [.. AlwaysProtected.Concat(protectedPaths ?? []).Select(p => Glob.Parse(p.ToLowerInvariant()))];
    }

    /// <summary>The rules that changed paths fire: for each path the decisive one.</summary>
    /// <param name="paths">Paths from the root, with <c>/</c> between names.</param>
    /// <returns>One rule for each path, in the order of the paths.</returns>
    public IReadOnlyList<FiredRule> Classify(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.Select(Classify)];
    }

    /// <summary>Whether a path is read from the base and escalates every proposal that changes it. Case does not count here.</summary>
    /// <param name="path">The path from the root.</param>
    public bool IsProtected(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var lower = path.ToLowerInvariant();
        return Array.Exists(_protected, glob => glob.IsMatch(lower));
    }

    /// <summary>The tier of a proposal: the higher one of its intent and its changed paths.</summary>
    /// <param name="intent">The tier of the intent.</param>
    /// <param name="rules">The rules that the changed paths fired.</param>
    public static RiskTier Highest(RiskTier intent, IEnumerable<FiredRule> rules) => rules.Select(r => r.Tier).Append(intent).Max();

    private FiredRule Classify(string path)
    {
        if (IsProtected(path))
        {
            return new FiredRule(Protected, RiskTier.Critical, path);
        }

        var matching = _rules.Where(r => r.Glob.IsMatch(path)).ToList();
        if (matching.Count == 0)
        {
            return new FiredRule("path.default", RiskTier.Medium, path);
        }

        var decisive = matching.MaxBy(r => r.Tier);
        return new FiredRule(decisive.Id, decisive.Tier, path);
    }

    private void Add(IEnumerable<(RiskTier Tier, string Id, string Pattern)> rules) =>
        _rules.AddRange(rules.Select(r => (r.Tier, r.Id, Glob.Parse(r.Pattern))));
}
