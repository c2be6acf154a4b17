using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Demo;

/// <summary>Where the sample repositories and the recorded answers lie: in the repository of Kfm, or beside the executable.</summary>
internal static class SampleTarget
{
    /// <summary>The directory of a sample repository.</summary>
    /// <exception cref="BundleException">It is at neither place.</exception>
    public static string Find(string name)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "targets", name);
        if (Directory.Exists(beside))
        {
            return beside;
        }

        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "samples", "targets", name);
            if (File.Exists(Path.Combine(directory.FullName, "Kfm.sln")) && Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new BundleException($"the sample repository '{name}' is neither beside the program nor in a repository of Kfm above it.");
    }

    /// <summary>A recorded answer of the demo.</summary>
    public static string Answer(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Demo", name + ".diff"));
}
