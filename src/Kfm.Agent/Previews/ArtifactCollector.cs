using System.Globalization;
using Kfm.Agent.Configuration;
using Kfm.Provenance.Manifests;

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
                else if (entry is FileInfo file && globs.Any(glob => glob.IsMatch(path)) && IsRegular(file))
                {
                    found.Add(path);
                }
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Copies artifacts out of a tree.</summary>
    /// <returns>Why the artifacts cannot be taken; null when they were copied.</returns>
    public static string? Copy(string tree, BuildStep build, LimitSettings limits, string target)
    {
        Directory.CreateDirectory(target);
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

        if (paths.Find(path => !RelativePath.IsValid(path, out _)) is not null)
        {
            return "the name of an artifact cannot stand in a manifest";
        }

        foreach (var path in paths)
        {
            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(tree, path), copy);
        }

        return null;
    }

    /// <summary>Whether something is a file of bytes: reading a pipe that a build left would never end.</summary>
    private static bool IsRegular(FileInfo file)
    {
        if (file.Length > 0 || OperatingSystem.IsWindows())
        {
            return true;
        }

        try
        {
            // For reading alone a pipe opens only when somebody writes to it.
            file.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
