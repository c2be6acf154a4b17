using System.IO.Enumeration;

namespace Kfm.Provenance.Manifests;

/// <summary>A folder of a tree; the prefix of the names in it is empty or ends with <c>/</c>.</summary>
internal readonly record struct TreeFolder(string FullPath, string Prefix)
{
    // Hidden and system files count; nothing is passed over because it may not be read.
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    /// <summary>Lists the folder; a link to a folder is a file here.</summary>
    /// <exception cref="RelativePathException">A name is not valid under the rules.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public void List(PathRules rules, Func<string, bool, bool>? isIgnored, List<TreeFolder> folders, List<TreeFile> files)
    {
        var items = new FileSystemEnumerable<(string Name, bool IsFolder)>(FullPath, (ref FileSystemEntry e) => (e.FileName.ToString(), e.IsDirectory), All);
        foreach (var (name, isDirectory) in items)
        {
            var full = System.IO.Path.Join(FullPath, name);
            var path = Prefix + name;

            // What a link leads to tells whether it seems a folder.
            var isFolder = isDirectory && new DirectoryInfo(full).LinkTarget is null;
            if (isIgnored?.Invoke(path, isFolder) ?? false)
            {
                continue;
            }

            _ = RelativePath.Require(path, rules);
            if (isFolder)
            {
                folders.Add(new(full, path + "/"));
            }
            else
            {
                files.Add(new(path, full));
            }
        }
    }
}
