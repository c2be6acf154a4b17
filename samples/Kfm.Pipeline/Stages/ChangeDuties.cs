using System.Text;
using Kfm.Agent.Configuration;
using Kfm.Agent.Patches;
using Kfm.Gates.Stewardship;

namespace Kfm.Pipeline.Stages;

/// <summary>The duties of the stewards that a patch gives rise to by its paths and lines.</summary>
internal static class ChangeDuties
{
    private static readonly (string Duty, Glob[] Paths)[] Always =
    [
        (StewardshipDuty.Catalog, Globs("**/catalog/**", "**/stac/**", "**/dcat/**")),
        (StewardshipDuty.Provenance, Globs("kfm.json", "policies/**", "schemas/**", ".github/**")),
        (StewardshipDuty.Rights, Globs("**/LICENSE*", "**/LICENCE*", "**/NOTICE*", "LICENSE*", "LICENCE*", "NOTICE*", "LICENSES/**")),
    ];

    /// <summary>Each duty with what gave rise to it.</summary>
    public static IEnumerable<(string Duty, string Why)> Of(KfmSettings settings, UnifiedPatch patch)
    {
        var changed = new PatchSummary(patch).ChangedPaths;
        foreach (var path in changed)
        {
            foreach (var (duty, _) in Always.Concat(settings.Stewardship.Paths.Select(p => (p.Key, p.Value.ToArray()))).Where(d => Array.Exists(d.Item2, g => g.IsMatch(path))))
            {
                yield return (duty, path);
            }

            if (settings.Data.Any(d => d.Labels == path))
            {
                yield return (StewardshipDuty.Sensitivity, path);
                yield return (StewardshipDuty.Sovereignty, path);
            }
        }

        foreach (var file in patch.Files.Where(ChangesLicence))
        {
            yield return (StewardshipDuty.Rights, $"{file.NewPath}: licence");
        }
    }

    private static bool ChangesLicence(FilePatch file) => file.Hunks.SelectMany(h => h.Lines)
        .Any(line => line.Kind != HunkLineKind.Context && LicenceLine.IsOne(file.NewPath, Encoding.UTF8.GetString(line.Content.Span)));

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
