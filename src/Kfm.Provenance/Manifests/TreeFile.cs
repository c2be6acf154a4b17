namespace Kfm.Provenance.Manifests;

/// <summary>A file or link of a tree.</summary>
internal sealed record TreeFile(string Path, FileInfo Info)
{
    /// <summary>All files and links below a root, sorted; links are told and not followed, folders are not told.</summary>
    /// <exception cref="RelativePathException">A name cannot stand in a manifest.</exception>
    public static List<TreeFile> Below(string root)
    {
        var files = new List<TreeFile>();
        var folders = new Stack<(DirectoryInfo Folder, string Prefix)>([(new DirectoryInfo(System.IO.Path.GetFullPath(root)), "")]);
        while (folders.TryPop(out var next))
        {
            foreach (var item in next.Folder.EnumerateFileSystemInfos())
            {
                var path = RelativePath.Require(next.Prefix + item.Name);
                if (item is DirectoryInfo folder && folder.LinkTarget is null)
                {
                    folders.Push((folder, path + "/"));
                }
                else
                {
                    files.Add(new(path, new FileInfo(item.FullName)));
                }
            }
        }

        files.Sort((a, b) => PathOrder.Instance.Compare(a.Path, b.Path));
        return files;
    }
}
