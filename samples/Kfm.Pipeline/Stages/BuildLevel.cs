using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>
/// The SLSA build level (v1.0) that a build can claim: 1 with provenance, which every run writes; 2 where it ran on a hosted platform, by what the runner
/// says of itself; 3 where it was isolated there from the key that signs as well. A machine of one's own has level 1, however well it is isolated.
/// </summary>
internal static class BuildLevel
{
    public static void Record(StageRecord record, CheckStatus succeeded, string isolation)
    {
        var platform = Platform(HostVariables.All());
        record.Label("build.platform", platform);
        if (succeeded != CheckStatus.Skipped)
        {
            record.Measure("slsa.level", Of(succeeded == CheckStatus.Passed, platform, isolation));
        }
    }

    public static int Of(bool succeeded, string platform, string isolation) => (succeeded, platform, isolation) switch
    {
        (false, _, _) => 0,
        (_, "github-hosted", "none") => 2,
        (_, "github-hosted", _) => 3,
        _ => 1,
    };

    /// <summary>Where the run takes place: <c>github-hosted</c>, <c>self-hosted</c> or <c>local</c>. The steps of the repository cannot set these variables.</summary>
    public static string Platform(IReadOnlyDictionary<string, string> environment) => environment.GetValueOrDefault("GITHUB_ACTIONS") != "true"
        ? "local"
        : environment.GetValueOrDefault("RUNNER_ENVIRONMENT") == "github-hosted" ? "github-hosted" : "self-hosted";
}
