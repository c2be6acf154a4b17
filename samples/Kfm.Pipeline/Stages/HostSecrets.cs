using Kfm.Agent.Configuration;
using Kfm.Gates.Scanning;

namespace Kfm.Pipeline.Stages;

/// <summary>Which values of the environment of this process are secret.</summary>
internal static class HostSecrets
{
    /// <summary>Those whose names say so, those that look like one, and all that kfm.json gives to an agent.</summary>
    public static KnownSecrets Of(IReadOnlyDictionary<string, string> variables, KfmSettings? settings)
    {
        var given = settings?.Agent.Environment ?? [];
        return new KnownSecrets(variables.Where(v =>
            given.Contains(v.Key, StringComparer.Ordinal) || KnownSecrets.IsSecretName(v.Key) || SecretScanner.Scan(v.Value).Count > 0));
    }
}
