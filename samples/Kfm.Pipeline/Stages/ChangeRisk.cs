using Kfm.Agent.Codegen.Prompts;
using Kfm.Agent.Configuration;
using Kfm.Agent.Intents;

namespace Kfm.Pipeline.Stages;

/// <summary>What the changed paths of a proposal mean, by the settings of the base.</summary>
internal static class ChangeRisk
{
    /// <summary>The rules of risk: those of kfm.json beside the default ones, with the paths that are read from the base protected.</summary>
    public static RiskPaths Rules(KfmSettings settings)
    {
        var patterns = settings.Risk.ToDictionary(
            r => Enum.Parse<RiskTier>(r.Tier, ignoreCase: true),
            r => (IReadOnlyList<string>)[.. r.Paths.Select(p => p.Pattern)]);
        string?[] read =
        [
            ShippedTemplates.Folder + "/**", settings.People, settings.Codeowners, settings.Policies is null ? null : settings.Policies + "/**", settings.Design.Templates + "/**",
            .. settings.Contracts.Select(c => c.Schema),
        ];
        return new RiskPaths(patterns, [.. read.OfType<string>()]);
    }
}
