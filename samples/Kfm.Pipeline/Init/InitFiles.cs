using System.Text;
using Kfm.Gates.Policies;

namespace Kfm.Pipeline.Init;

/// <summary>The files that <c>kfm init</c> writes: workflows, action, templates, schemas, policies.</summary>
internal static class InitFiles
{
    private const string Prefix = "init/";

    /// <summary>Where the policies stand in the repository.</summary>
    public const string Policies = "policies/opa";

    /// <summary>The files by their path in the repository, ordinal; kfm.json is not among them.</summary>
    public static SortedDictionary<string, byte[]> All()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [InitSettings.People] = "{\n  \"formatVersion\": 1,\n  \"people\": []\n}\n"u8.ToArray(),
        };
        foreach (var module in ShippedPolicies.Modules.Concat(ShippedPolicies.TestModules))
        {
            files[$"{Policies}/{module.Path}"] = Encoding.UTF8.GetBytes(module.Source);
        }

        var assembly = typeof(InitFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files[name[Prefix.Length..].Replace('\\', '/')] = bytes;
        }

        return files;
    }
}
