using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>A test against published schemas of others; skipped, with the reason, where their folder is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceFactAttribute : FactAttribute
{
    private const string Variable = "KFM_CONFORMANCE_DIR";

    private static readonly string Root = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : RepositoryRoot.Combine("..", "shared", "conformance");

    public ConformanceFactAttribute(string folder)
    {
        if (!Directory.Exists(PathOf(folder)))
        {
            Skip = $"'{PathOf(folder)}' is not there; {Variable} names the folder that holds it";
        }
    }

    /// <summary>The absolute path of a folder or file of the suites.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));
}
