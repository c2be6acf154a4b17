using System.Globalization;
using Kfm.Agent.Configuration;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Previews;

/// <summary>Finds and copies what a build made. Links are never followed and never artifacts.</summary>
internal static class ArtifactCollector
{
    private static readonly EnumerationOptions NoLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>The regular files of a tree that one of the globs matches, sorted; the folder .git is not looked into.</summary>
    public static List<string> Find(string tree, IReadOnlyList<Glob> globs) =>
        [.. Matches(tree, globs).Where(path => RelativePath.IsValid(path, out _) && RegularFile.Exists(Path.Combine(tree, path)))];

    /// <summary>Copies artifacts out of a tree.</summary>
    /// <returns>Why the artifacts cannot be taken; null when they were copied.</returns>
    public static string? Copy(string tree, BuildStep build, LimitSettings limits, string target)
    {
        Directory.CreateDirectory(target);
        if (Matches(tree, build.Artifacts).Exists(path => !RelativePath.IsValid(path, out _)))
        {
            return "the name of an artifact cannot stand in a manifest";
        }

        var paths = Find(tree, build.Artifacts);
        if (build.Artifacts.FirstOrDefault(glob => !paths.Exists(glob.IsMatch)) is { } empty)
        {
            return $"it made no file that matches '{empty}'";
        }

        var size = paths.Sum(path => new FileInfo(Path.Combine(tree, path)).Length);
        if (paths.Count > limits.ArtifactFiles || size > (long)limits.ArtifactMebibytes << 20)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its {paths.Count} artifacts with {size} bytes are beyond the limits of kfm.json");
        }

        return paths.Find(path => !TryCopy(Path.Combine(tree, path), Path.Combine(target, path))) is { } failed ? $"its artifact '{failed}' cannot be read" : null;
    }

    private static List<string> Matches(string tree, IReadOnlyList<Glob> globs)
    {
        var found = new List<string>();
        var folders = new Stack<string>([""]);
        while (folders.TryPop(out var folder))
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(tree, folder)).EnumerateFileSystemInfos("*", NoLinks))
            {
                var path = folder + entry.Name;
                if (entry is FileInfo && globs.Any(glob => glob.IsMatch(path)))
                {
                    found.Add(path);
                }
                else if (entry is DirectoryInfo && path != ".git")
                {
                    folders.Push(path + "/");
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static bool TryCopy(string source, string copy)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(source, copy);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
