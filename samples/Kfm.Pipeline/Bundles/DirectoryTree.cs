namespace Kfm.Pipeline.Bundles;

/// <summary>Walks and copies directories; links are named but never followed.</summary>
internal static class DirectoryTree
{
    /// <summary>The files below a directory with forward slashes, ordinal order; a link counts as a file.</summary>
    public static IReadOnlyList<string> Files(string root)
    {
        var found = new List<string>();
        Walk(new DirectoryInfo(root), "", found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Copies files and directories; a link is not copied.</summary>
    public static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Files(source))
        {
            var from = Path.Combine(source, file);
            if (new FileInfo(from).LinkTarget is null)
            {
                var to = Path.Combine(target, file);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to, overwrite: true);
            }
        }
    }

    private static void Walk(DirectoryInfo directory, string prefix, List<string> found)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo child && child.LinkTarget is null)
            {
                Walk(child, prefix + entry.Name + "/", found);
            }
            else
            {
                found.Add(prefix + entry.Name);
            }
        }
    }
}
