using System.Runtime.Versioning;

namespace Kfm.Agent.Git;

/// <summary>A private copy of a repository at one commit, in a directory of its own that goes when this is disposed.</summary>
/// <remarks>
/// The copy shares nothing with the source: no hard links, no alternates, no remote, no templates. What runs in it cannot write
/// to the source.
/// </remarks>
public sealed class EphemeralClone : IAsyncDisposable
{
    private readonly string _root;

    private EphemeralClone(string root, GitCommand git, string baseCommit)
    {
        _root = root;
        Git = git;
        BaseCommit = baseCommit;
    }

    /// <summary>git in the clone.</summary>
    public GitCommand Git { get; }

    /// <summary>The work tree of the clone.</summary>
    public string Directory => Git.Directory;

    /// <summary>The commit at which the clone was made.</summary>
    public string BaseCommit { get; }

    /// <summary>Clones a repository and checks one commit out.</summary>
    /// <param name="source">The repository.</param>
    /// <param name="commit">A commit id.</param>
    /// <param name="parentDirectory">An existing directory for temporary files; the clone gets a new directory in it.</param>
    /// <param name="cancellationToken">Stops git; what was made until then is removed.</param>
    /// <exception cref="GitException">There is no such commit, or the clone failed.</exception>
    public static async Task<EphemeralClone> CreateAsync(
        SourceRepository source,
        string commit,
        string parentDirectory,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var root = NewDirectory(parentDirectory);
        var tree = Path.Combine(root, "tree");
        try
        {
            await source.Git.RunAsync(
                ["clone", "--quiet", "--no-hardlinks", "--dissociate", "--no-checkout", "--template=", "--", source.Directory, tree],
                cancellationToken).ConfigureAwait(false);
            var clone = new EphemeralClone(root, source.Git.In(tree), commit);
            await clone.Git.RunAsync(["remote", "remove", "origin"], cancellationToken).ConfigureAwait(false);
            await clone.Git.RunAsync(["checkout", "--quiet", "--force", "--detach", commit], cancellationToken).ConfigureAwait(false);
            return clone;
        }
        catch
        {
            Remove(root);
            throw;
        }
    }

    /// <summary>Writes the files of a commit into a directory, without git's own files.</summary>
    /// <param name="commit">A commit id of the clone.</param>
    /// <param name="directory">The directory; made when it is not there, and empty when it is.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">There is no such commit.</exception>
    public async Task ExportAsync(string commit, string directory, CancellationToken cancellationToken = default)
    {
        var target = System.IO.Directory.CreateDirectory(directory).FullName;
        KeyValuePair<string, string>[] index = [new("GIT_INDEX_FILE", Path.Combine(_root, "export-index"))];
        await Git.RunAsync(["read-tree", commit], default, index, cancellationToken).ConfigureAwait(false);
        await Git.RunAsync(["checkout-index", "--all", "--quiet", "--prefix=" + target + "/"], default, index, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the clone.</summary>
    public ValueTask DisposeAsync()
    {
        Remove(_root);
        return ValueTask.CompletedTask;
    }

    private static string NewDirectory(string parent)
    {
        for (var i = 0; ; i++)
        {
            var path = Path.Combine(Path.GetFullPath(parent), "clone-" + i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (!Path.Exists(path))
            {
                return System.IO.Directory.CreateDirectory(path).FullName;
            }
        }
    }

    private static void Remove(string root)
    {
        if (!System.IO.Directory.Exists(root))
        {
            return;
        }

        // What ran in the clone may have taken rights away from its own directories. Links are not followed.
        if (!OperatingSystem.IsWindows())
        {
            Unlock(new DirectoryInfo(root));
        }

        System.IO.Directory.Delete(root, recursive: true);
    }

    [UnsupportedOSPlatform("windows")]
    private static void Unlock(DirectoryInfo directory)
    {
        directory.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var inner in directory.EnumerateDirectories().Where(d => d.LinkTarget is null))
        {
            Unlock(inner);
        }
    }
}
