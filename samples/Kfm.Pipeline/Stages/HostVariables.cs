using System.Collections;

namespace Kfm.Pipeline.Stages;

/// <summary>The environment of this process, of which commands see what the settings of the base allow.</summary>
internal static class HostVariables
{
    public static IReadOnlyDictionary<string, string> All() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Where(e => e.Value is string)
        .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
}
