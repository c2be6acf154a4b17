using System.Security.Cryptography;
using Kfm.Provenance.Packaging;

namespace Kfm.Provenance.Manifests;

/// <summary>
/// The id that git gives to a tree of files: what <c>git write-tree</c> tells after <c>git add --all --force</c> without filters
/// (no <c>autocrlf</c>, no attributes). Modes are 100644, 100755 where the owner may execute, 120000 for links; empty folders do not count.
/// The folder <c>.git</c> at the root is left out.
/// </summary>
/// <remarks>git protects its ids from known SHA-1 collisions by a check that is not made here: use them to compare with git, and a manifest for trust.</remarks>
public static class GitTree
{
    private const string Own = ".git";

    /// <summary>The id of a folder as a tree.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="format">The hash function.</param>
    /// <param name="options">What is left out, and how many files are read at once.</param>
    /// <returns>40 or 64 lower-case hexadecimal digits.</returns>
    /// <exception cref="RelativePathException">A name is not UTF-8, or git takes none of that name: <c>.git</c> below the root would be a repository of its own.</exception>
    /// <exception cref="RegularFileException">A pipe, socket or device lies in the folder; it is not read. Or a file changed meanwhile.</exception>
    /// <exception cref="IOException">Something in the folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Something in the folder may not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static string IdOfDirectory(string root, GitObjectFormat format = GitObjectFormat.Sha1, ManifestOptions? options = null)
    {
        var files = TreeWalk.HashBlobs(root, options ?? ManifestOptions.Default, () => new(Algorithm(format), asBlob: true));
        return Id(files, format);
    }

    /// <summary>The id of what an archive holds, as a tree.</summary>
    /// <param name="archive">The archive; folders in it do not count.</param>
    /// <param name="format">The hash function.</param>
    /// <param name="options">What is left out, and how many entries are read at once.</param>
    /// <returns>40 or 64 lower-case hexadecimal digits.</returns>
    /// <exception cref="RelativePathException">Something is named <c>.git</c>.</exception>
    /// <exception cref="ArchiveFormatException">A content is damaged.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static string IdOfArchive(ArchiveReader archive, GitObjectFormat format = GitObjectFormat.Sha1, ManifestOptions? options = null) =>
        Id(ArchiveHashes.Of(archive, options ?? ManifestOptions.Default, () => new(Algorithm(format), asBlob: true)), format);

    internal static HashAlgorithmName Algorithm(GitObjectFormat format) => format switch
    {
        GitObjectFormat.Sha1 => HashAlgorithmName.SHA1,
        GitObjectFormat.Sha256 => HashAlgorithmName.SHA256,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The id of a tree whose blobs are hashed already.</summary>
    /// <param name="files">The files, sorted by the UTF-8 bytes of the path.</param>
    /// <param name="format">The hash function that they were hashed with.</param>
    internal static string Id(List<KeyValuePair<string, FileHash>> files, GitObjectFormat format)
    {
        using var hash = IncrementalHash.CreateHash(Algorithm(format));
        var open = new Stack<GitTreeNode>([new GitTreeNode("")]);
        foreach (var (path, file) in files)
        {
            while (!path.StartsWith(open.Peek().Prefix, StringComparison.Ordinal))
            {
                Close(open, hash);
            }

            for (var at = open.Peek().Prefix.Length; path.IndexOf('/', at) is > 0 and var slash; at = slash + 1)
            {
                open.Push(new(path[..(slash + 1)]));
            }

            var mode = file.LinkTarget is not null ? "120000" : file.IsExecutable ? "100755" : "100644";
            open.Peek().Add(mode, Name(path[open.Peek().Prefix.Length..], path), file.Hash);
        }

        while (open.Count > 1)
        {
            Close(open, hash);
        }

        return Convert.ToHexStringLower(open.Pop().Hash(hash));
    }

    // In the list all that begins with one prefix stands together.
    private static void Close(Stack<GitTreeNode> open, IncrementalHash hash)
    {
        var tree = open.Pop();
        var name = tree.Prefix[open.Peek().Prefix.Length..^1];
        open.Peek().Add("40000", Name(name, tree.Prefix[..^1]), tree.Hash(hash));
    }

    private static string Name(string name, string path) => string.Equals(name, Own, StringComparison.OrdinalIgnoreCase)
        ? throw new RelativePathException(path, "git takes nothing named .git into a tree")
        : name;
}
