using System.Globalization;
using Kfm.Agent.Configuration;

namespace Kfm.Agent.Previews;

/// <summary>The environment of the commands: what the host allows, then what a preview sets, which wins.</summary>
internal static class StepEnvironment
{
    // Nothing stays behind (servers, reused nodes), nothing is reported home, messages are English, lock files are kept.
    private static readonly (string Name, string Value)[] Fixed =
    [
        ("CI", "true"),
        ("DOTNET_ADD_GLOBAL_TOOLS_TO_PATH", "false"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("DOTNET_CLI_UI_LANGUAGE", "en"),
        ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
        ("DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE", "1"),
        ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
        ("DOTNET_NOLOGO", "1"),
        ("DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK", "1"),
        ("MSBUILDDISABLENODEREUSE", "1"),
        ("MSBUILDTERMINALLOGGER", "off"),
        ("NUGET_CERT_REVOCATION_MODE", "offline"),
        ("RestoreLockedMode", "true"),
        ("UseRazorBuildServer", "false"),
        ("UseSharedCompilation", "false"),
    ];

    public static Dictionary<string, string> For(
        PreviewOptions options, PreviewTree tree, BuildVariation surroundings, string packages, string? fallback)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in options.Settings.AllowedEnvironment.Prepend("PATH"))
        {
            if (options.HostEnvironment.TryGetValue(name, out var value))
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in Fixed)
        {
            environment[name] = value;
        }

        environment["DOTNET_CLI_HOME"] = tree.Home;
        environment["HOME"] = tree.Home;
        environment["LANG"] = surroundings.Locale;
        environment["LC_ALL"] = surroundings.Locale;
        environment["NUGET_PACKAGES"] = packages;
        environment["SOURCE_DATE_EPOCH"] = options.SourceDateEpoch.ToString(CultureInfo.InvariantCulture);
        environment["TZ"] = surroundings.TimeZone;
        if (fallback is not null)
        {
            environment["NUGET_FALLBACK_PACKAGES"] = fallback;
        }

        return environment;
    }
}
