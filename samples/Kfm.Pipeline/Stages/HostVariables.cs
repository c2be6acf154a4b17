using System.Collections;

namespace Kfm.Pipeline.Stages;

/// <summary>The environment of this process, of which commands see what the settings of the base allow.</summary>
internal static class HostVariables
{
    // Kfm's own, which no command gets whatever the settings allow.
    private static readonly string[] Own = ["GITHUB_TOKEN", "GH_TOKEN"];

    /// <summary>All variables.</summary>
    public static IReadOnlyDictionary<string, string> All() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(e => e.Value is string)
        .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);

    /// <summary>What commands may see: not the tokens for GitHub, neither under their names, nor under another that holds the one in use.</summary>
    public static IReadOnlyDictionary<string, string> Of(PipelineRun run) => All()
        .Where(e => !Own.Contains(e.Key, StringComparer.OrdinalIgnoreCase) && run.GitHub?.Options.Token.IsIn(e.Value) != true)
        .ToDictionary(StringComparer.Ordinal);
}
