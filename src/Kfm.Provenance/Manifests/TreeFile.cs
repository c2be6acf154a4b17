namespace Kfm.Provenance.Manifests;

/// <summary>A file or link of a tree.</summary>
/// <param name="Path">The path below the root.</param>
/// <param name="FullPath">Where it lies.</param>
internal readonly record struct TreeFile(string Path, string FullPath)
{
    /// <summary>All files and links below a root, sorted; links are told and not followed, folders are not told.</summary>
    /// <exception cref="RelativePathException">A name is not valid under the rules.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static List<TreeFile> Below(string root, PathRules rules = PathRules.Portable, IgnoreRules? ignore = null)
    {
        var files = new List<TreeFile>();
        var folders = new List<TreeFolder> { new(System.IO.Path.GetFullPath(root), "") };
        while (folders.Count > 0)
        {
            var next = folders[^1];
            folders.RemoveAt(folders.Count - 1);
            next.List(rules, ignore is null ? null : ignore.Decides, folders, files);
        }

        files.Sort((a, b) => PathOrder.Instance.Compare(a.Path, b.Path));
        return files;
    }
}
