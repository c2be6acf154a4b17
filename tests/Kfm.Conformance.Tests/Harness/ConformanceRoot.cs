using Kfm.Testing;

namespace Kfm.Conformance.Tests;

/// <summary>Where the suites lie: the environment names the folder, else it stands beside the repository.</summary>
internal static class ConformanceRoot
{
    private const string Variable = "KFM_CONFORMANCE_DIR";

    private static readonly string Root = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.GetFullPath(RepositoryRoot.Combine("..", "shared", "conformance"));

    public static string Folder(string suite) => Path.Combine(Root, suite);

    /// <summary>Why a suite cannot run; null when it can.</summary>
    public static string? Missing(string suite) => Directory.Exists(Folder(suite))
        ? null
        : $"The suite's folder '{Folder(suite)}' is not there; {Variable} names the folder that holds '{suite}'.";
}
