using System.Globalization;
using Kfm.Agent.Configuration;

namespace Kfm.Agent.Previews;

/// <summary>Finds and copies what a build made. Links are never followed and never artifacts.</summary>
internal static class ArtifactCollector
{
    /// <summary>The regular files of a tree that one of the globs matches, sorted; the folder .git is not looked into.</summary>
    public static List<string> Find(string tree, IReadOnlyList<PathGlob> globs)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = false, IgnoreInaccessible = false };
        var found = new List<string>();
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            var directory = new DirectoryInfo(Path.Combine(tree, folder));
            foreach (var entry in directory.EnumerateFileSystemInfos("*", options))
            {
                var path = folder + entry.Name;
                if (entry is DirectoryInfo && path != ".git")
                {
                    folders.Push(path + "/");
                }
                else if (entry is FileInfo && globs.Any(glob => glob.IsMatch(path)))
                {
                    found.Add(path);
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Copies artifacts out of a tree.</summary>
    /// <returns>The paths that were copied, and why the artifacts cannot be taken, or null.</returns>
    public static (IReadOnlyList<string> Paths, string? Refusal) Copy(string tree, BuildStep build, LimitSettings limits, string target)
    {
        Directory.CreateDirectory(target);
        var paths = Find(tree, build.Artifacts);
        if (build.Artifacts.FirstOrDefault(glob => !paths.Exists(glob.IsMatch)) is { } empty)
        {
            return ([], $"it made no file that matches '{empty}'");
        }

        var size = paths.Sum(path => new FileInfo(Path.Combine(tree, path)).Length);
        if (paths.Count > limits.ArtifactFiles || size > (long)limits.ArtifactMebibytes << 20)
        {
            return ([], string.Create(CultureInfo.InvariantCulture, $"its {paths.Count} artifacts with {size} bytes are beyond the limits of kfm.json"));
        }

        foreach (var path in paths)
        {
            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(tree, path), copy);
        }

        return (paths, null);
    }
}
