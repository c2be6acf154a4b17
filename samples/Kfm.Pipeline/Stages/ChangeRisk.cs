using Kfm.Agent.Configuration;
using Kfm.Agent.Intents;

namespace Kfm.Pipeline.Stages;

/// <summary>What the changed paths of a proposal mean, by the settings of the base.</summary>
internal static class ChangeRisk
{
    private static readonly (string Duty, Glob[] Paths)[] Duties =
    [
        ("catalog", Globs("**/catalog/**", "**/stac/**", "**/dcat/**")),
        ("provenance", Globs("kfm.json", "policies/**", "schemas/**", ".github/**")),
        ("rights", Globs("**/LICENSE*", "**/LICENCE*", "**/NOTICE*", "LICENSE*", "LICENCE*", "NOTICE*")),
    ];

    /// <summary>The rules of risk: those of kfm.json beside the default ones, with the paths that are read from the base protected.</summary>
    public static RiskPaths Rules(KfmSettings settings)
    {
        var patterns = settings.Risk.ToDictionary(
            r => Enum.Parse<RiskTier>(r.Tier, ignoreCase: true),
            r => (IReadOnlyList<string>)[.. r.Paths.Select(p => p.Pattern)]);
        string?[] read = [settings.People, settings.Codeowners, settings.Policies is null ? null : settings.Policies + "/**", .. settings.Contracts.Select(c => c.Schema)];
        return new RiskPaths(patterns, [.. read.OfType<string>()]);
    }

    /// <summary>The stewards who must look at the proposal: rights, sovereignty, sensitivity, provenance requirements, public catalogs.</summary>
    public static IEnumerable<string> Stewardship(KfmSettings settings, IReadOnlyList<string> changed)
    {
        var duties = Duties.Where(d => changed.Any(path => d.Paths.Any(g => g.IsMatch(path)))).Select(d => d.Duty);
        var labels = changed.Any(path => settings.Data.Any(d => d.Labels == path));
        return labels ? duties.Append("sensitivity").Append("sovereignty") : duties;
    }

    private static Glob[] Globs(params ReadOnlySpan<string> patterns)
    {
        var globs = new List<Glob>();
        foreach (var pattern in patterns)
        {
            globs.Add(Glob.Parse(pattern));
        }

        return [.. globs];
    }
}
