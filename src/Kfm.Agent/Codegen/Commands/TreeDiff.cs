using System.Text;
using Kfm.Agent.Git;
using Kfm.Provenance.Manifests;
using GitTree = Kfm.Agent.Git.GitTree;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>The difference between the base and the tree that an agent left.</summary>
/// <remarks>
/// Changed and new files are copied as plain bytes into a second clone, which the agent never saw and whose git knows no hooks, filters or drivers;
/// there git adds what is not ignored and writes the patch. Commits, branches, settings and hooks that the agent made in its own repository play no part: what
/// counts is what lies in the tree.
/// </remarks>
internal sealed class TreeDiff(CommandOptions options, CommandFolders folders)
{
    private const string Here = "./";
    private const string GitIgnore = ".gitignore";
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Computes the patch.</summary>
    /// <param name="directory">The tree; what ran in it has ended.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="CommandAgentException">Nothing changed, or the change cannot be a proposal.</exception>
    public async Task<string> ComputeAsync(string directory, CancellationToken cancellationToken)
    {
        var left = AgentTree.Read(directory, options.Limits.TreeEntries);
        var clone = await EphemeralClone.CreateAsync(options.Source, options.BaseCommit, folders.Root, cancellationToken).ConfigureAwait(false);
        var source = new SourceRepository(clone.Git);
        var known = await source.ReadTreeAsync(options.BaseCommit, cancellationToken).ConfigureAwait(false);
        Delete(left, known, clone.Directory);
        var ignored = await IgnoredAsync(left, known, clone, cancellationToken).ConfigureAwait(false);
        RefuseOdd(left, known, clone.Directory, ignored);
        Copy(left, clone.Directory, ignored);
        await clone.Git.RunAsync(["add", "--all"], cancellationToken).ConfigureAwait(false);
        var tree = await clone.Git.LineAsync(["write-tree"], cancellationToken).ConfigureAwait(false);
        var patch = await source.DiffAsync(options.BaseCommit, tree, cancellationToken).ConfigureAwait(false);
        return patch.IsEmpty ? throw new CommandAgentException("the agent ended well and changed nothing") : Text(patch);
    }

    /// <summary>The new paths that <c>.gitignore</c> leaves out, as the agent left it, and the session log.</summary>
    private async Task<HashSet<string>> IgnoredAsync(AgentTree left, GitTree known, EphemeralClone clone, CancellationToken cancellationToken)
    {
        foreach (var (path, file) in left.Files.Where(f => Path.GetFileName(f.Key) == GitIgnore))
        {
            CopyFile(file, clone.Directory, path);
        }

        var fresh = left.Files.Keys.Concat(left.Links.Keys).Concat(left.Special).Where(path => !known.TryGet(path, out _)).ToList();
        var ignored = fresh.Where(IsLog).ToHashSet(StringComparer.Ordinal);

        // A name that begins with a colon would be read as a pattern.
        var input = Encoding.UTF8.GetBytes(string.Concat(fresh.Select(path => Here + path + "\0")));
        var result = await clone.Git.TryRunAsync(["check-ignore", "-z", "--stdin"], input, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode > 1 || result.TimedOut || result.Truncated)
        {
            throw new CommandAgentException("git could not tell which files are ignored");
        }

        ignored.UnionWith(result.OutputText.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => path[Here.Length..]));
        return ignored;
    }

    private bool IsLog(string path) => !options.Settings.LogInHome && options.Settings.Log?.IsMatch(path) == true;

    /// <summary>Refuses links that are new or lead elsewhere, and what is no file at all.</summary>
    private static void RefuseOdd(AgentTree left, GitTree known, string clone, HashSet<string> ignored)
    {
        if (left.Special.FirstOrDefault(path => !ignored.Contains(path)) is { } special)
        {
            throw new CommandAgentException($"the agent left a pipe, socket or device: {special}");
        }

        foreach (var (path, target) in left.Links.Where(l => !ignored.Contains(l.Key)))
        {
            var same = known.TryGet(path, out var entry) && entry.Mode == "120000" && new FileInfo(Path.Combine(clone, path)).LinkTarget == target;
            if (!same)
            {
                throw new CommandAgentException($"the agent made or changed a link: {path}");
            }
        }

        var submodule = known.Entries.FirstOrDefault(e => e.Mode == "160000" && left.Files.Keys.Any(p => p.StartsWith(e.Path + "/", StringComparison.Ordinal)));
        if (submodule is not null)
        {
            throw new CommandAgentException($"the agent wrote into the submodule {submodule.Path}");
        }
    }

    private static void Delete(AgentTree left, GitTree known, string clone)
    {
        foreach (var entry in known.Entries.Where(e => e.Mode != "160000" && !left.Files.ContainsKey(e.Path) && !left.Links.ContainsKey(e.Path)))
        {
            File.Delete(Path.Combine(clone, entry.Path));
        }
    }

    private void Copy(AgentTree left, string clone, HashSet<string> ignored)
    {
        var total = 0L;
        foreach (var (path, file) in left.Files.Where(f => !ignored.Contains(f.Key) && !IsSame(f.Value, Path.Combine(clone, f.Key))))
        {
            total += file.Length;
            if (total > options.Limits.ChangedBytes)
            {
                throw new CommandAgentException(FormattableString.Invariant($"the changed files have more than {options.Limits.ChangedBytes} bytes together"));
            }

            CopyFile(file, clone, path);
        }
    }

    private static bool IsSame(FileInfo left, string right)
    {
        var other = new FileInfo(right);
        if (!other.Exists || other.LinkTarget is not null || other.Length != left.Length || IsExecutable(other.FullName) != IsExecutable(left.FullName))
        {
            return false;
        }

        using var one = RegularFile.OpenRead(left.FullName);
        using var two = RegularFile.OpenRead(other.FullName);
        var (buffer, copy) = (new byte[1 << 16], new byte[1 << 16]);
        int read;
        while ((read = one.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            if (two.ReadAtLeast(copy, copy.Length, throwOnEndOfStream: false) != read || !buffer.AsSpan(0, read).SequenceEqual(copy.AsSpan(0, read)))
            {
                return false;
            }
        }

        return true;
    }

    private static void CopyFile(FileInfo file, string clone, string path)
    {
        var target = Path.Combine(clone, path);
        MakeFolders(clone, path);
        if (Directory.Exists(target) && new DirectoryInfo(target).LinkTarget is null)
        {
            Directory.Delete(target, recursive: true);
        }

        File.Delete(target);
        using (var source = RegularFile.OpenRead(file.FullName))
        using (var copy = new FileStream(target, FileMode.CreateNew, FileAccess.Write))
        {
            source.CopyTo(copy);
        }

        if (!OperatingSystem.IsWindows())
        {
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (IsExecutable(file.FullName) ? UnixFileMode.UserExecute : UnixFileMode.None);
            File.SetUnixFileMode(target, mode);
        }
    }

    // A folder may stand where the base has a file or a link: nothing is written through one.
    private static void MakeFolders(string clone, string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = Path.Combine(clone, path[..slash]);
            if (new FileInfo(folder) is var entry && (entry.LinkTarget is not null || entry.Exists))
            {
                entry.Delete();
            }

            Directory.CreateDirectory(folder);
        }
    }

    private static bool IsExecutable(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != UnixFileMode.None;

    private static string Text(ReadOnlyMemory<byte> patch)
    {
        try
        {
            return Strict.GetString(patch.Span);
        }
        catch (DecoderFallbackException e)
        {
            throw new CommandAgentException("the agent changed text that is not UTF-8, which a proposal cannot hold", e);
        }
    }
}
