using System.Globalization;
using System.Text;
using Kfm.Agent.Processes;

namespace Kfm.Agent.Git;

/// <summary>The repository that a proposal is made for. It is read; the only write is a new proposal branch.</summary>
public sealed class SourceRepository
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    internal SourceRepository(GitCommand git) => Git = git;

    /// <summary>git in the repository.</summary>
    public GitCommand Git { get; }

    /// <summary>The directory of the repository.</summary>
    public string Directory => Git.Directory;

    /// <summary>Opens a repository.</summary>
    /// <param name="runner">Starts git and counts its time.</param>
    /// <param name="directory">A directory of the repository.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">The directory is not a git repository, or one with SHA-256 object ids.</exception>
    /// <exception cref="ProcessStartException">git is not installed, or the directory does not exist.</exception>
    public static async Task<SourceRepository> OpenAsync(ProcessRunner runner, string directory, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var git = new GitCommand(runner, Path.GetFullPath(directory));
        var format = await git.LineAsync(["rev-parse", "--show-object-format"], cancellationToken).ConfigureAwait(false);
        if (!string.Equals(format, "sha1", StringComparison.Ordinal))
        {
            throw new GitException("rev-parse", 0, $"object format {format} is not supported; use a repository with SHA-1 ids");
        }

        return new SourceRepository(git);
    }

    /// <summary>The commit that a name stands for.</summary>
    /// <param name="revision">A branch, tag or commit id, as <c>git rev-parse</c> reads it.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <returns>40 lower-case hexadecimal digits.</returns>
    /// <exception cref="GitException">There is no such commit.</exception>
    public Task<string> ResolveAsync(string revision, CancellationToken cancellationToken = default) =>
        Git.LineAsync(["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"], cancellationToken);

    /// <summary>The best common ancestor of two commits.</summary>
    /// <param name="left">A commit id.</param>
    /// <param name="right">A commit id.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">The commits have no common ancestor.</exception>
    public Task<string> MergeBaseAsync(string left, string right, CancellationToken cancellationToken = default) =>
        Git.LineAsync(["merge-base", "--", CommitId(left), CommitId(right)], cancellationToken);

    /// <summary>The committer's date of a commit in whole seconds: the source date epoch of what is built from it.</summary>
    /// <param name="commit">A commit id.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">There is no such commit.</exception>
    public async Task<DateTimeOffset> CommitterDateAsync(string commit, CancellationToken cancellationToken = default)
    {
        var seconds = await Git.LineAsync(["show", "-s", "--format=%ct", CommitId(commit), "--"], cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
    }

    /// <summary>The id of a commit's tree.</summary>
    /// <param name="commit">A commit id.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">There is no such commit.</exception>
    public Task<string> TreeIdAsync(string commit, CancellationToken cancellationToken = default) =>
        Git.LineAsync(["rev-parse", "--verify", "--end-of-options", CommitId(commit) + "^{tree}"], cancellationToken);

    /// <summary>All files of a commit.</summary>
    /// <param name="commit">A commit id.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">There is no such commit, or it has a path that is not UTF-8.</exception>
    public async Task<GitTree> ReadTreeAsync(string commit, CancellationToken cancellationToken = default)
    {
        var listing = await Git.RunAsync(["ls-tree", "-r", "-z", "--full-tree", CommitId(commit)], cancellationToken).ConfigureAwait(false);
        return new GitTree(ParseListing(listing.Span));
    }

    /// <summary>The content of a file as a commit has it. Links are not followed: the content of a link is its target.</summary>
    /// <param name="commit">A commit id.</param>
    /// <param name="path">The path from the root of the tree.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <returns>The bytes, or null when the commit has no file there.</returns>
    /// <exception cref="GitException">There is no such commit.</exception>
    public async Task<byte[]?> ReadAtCommitAsync(string commit, string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var listing = await Git.RunAsync(["--literal-pathspecs", "ls-tree", "-z", "--full-tree", CommitId(commit), "--", path], cancellationToken)
            .ConfigureAwait(false);
        var entry = ParseListing(listing.Span).Find(e => string.Equals(e.Path, path, StringComparison.Ordinal) && IsBlob(e));
        return entry is null ? null : (await ReadBlobsAsync([entry.Id], cancellationToken).ConfigureAwait(false))[entry.Id];
    }

    /// <summary>The contents of several blobs at once.</summary>
    /// <param name="ids">Blob ids; one that is there twice is read once.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">A blob is missing.</exception>
    public async Task<IReadOnlyDictionary<string, byte[]>> ReadBlobsAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        var wanted = ids.Select(CommitId).Distinct(StringComparer.Ordinal).ToList();
        var input = Encoding.ASCII.GetBytes(string.Concat(wanted.Select(id => id + "\n")));
        var output = await Git.RunAsync(["cat-file", "--batch"], input, cancellationToken).ConfigureAwait(false);
        return ParseBatch(output.Span, wanted.Count);
    }

    /// <summary>The difference of two commits as a patch: full object ids, renames found, no external drivers.</summary>
    /// <param name="baseCommit">The commit on the left.</param>
    /// <param name="headCommit">The commit on the right.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <returns>A git unified diff; empty when the trees are equal.</returns>
    /// <exception cref="GitException">There is no such commit.</exception>
    public Task<ReadOnlyMemory<byte>> DiffAsync(string baseCommit, string headCommit, CancellationToken cancellationToken = default) => Git.RunAsync(
        [
            "diff", "--full-index", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--submodule=short", "--unified=3",
            "--inter-hunk-context=0", "--diff-algorithm=myers", "--indent-heuristic", "--find-renames", "-l1000", "-O/dev/null", "--src-prefix=a/", "--dst-prefix=b/",
            CommitId(baseCommit), CommitId(headCommit), "--",
        ],
        cancellationToken);

    /// <summary>Takes a commit of a clone over and makes a branch of it. Nothing is checked out.</summary>
    /// <param name="clone">The clone that has the commit.</param>
    /// <param name="commit">The commit's id.</param>
    /// <param name="branch">The name of the branch, for example <c>ai/proposal/42</c>.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="GitException">The name is not one, or the branch exists and stands at another commit.</exception>
    public async Task PublishAsync(EphemeralClone clone, string commit, string branch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clone);
        var name = "refs/heads/" + branch;
        await Git.RunAsync(["check-ref-format", name], cancellationToken).ConfigureAwait(false);
        var existing = await Git.TryRunAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", name], default, cancellationToken).ConfigureAwait(false);
        if (existing.Succeeded)
        {
            if (!string.Equals(existing.OutputText.TrimEnd('\n'), commit, StringComparison.Ordinal))
            {
                throw new GitException("update-ref", 0, $"branch {branch} exists and stands at another commit; a proposal branch is never moved");
            }

            return;
        }

        var revisions = Encoding.ASCII.GetBytes($"{CommitId(commit)}\n^{clone.BaseCommit}\n");
        var pack = await clone.Git.RunAsync(["pack-objects", "--quiet", "--revs", "--stdout"], revisions, cancellationToken).ConfigureAwait(false);
        await Git.RunAsync(["unpack-objects", "-q"], pack, cancellationToken).ConfigureAwait(false);
        await Git.RunAsync(["update-ref", name, commit, new string('0', 40)], cancellationToken).ConfigureAwait(false);
    }

    private static bool IsBlob(TreeEntry entry) => entry.Mode is "100644" or "100755" or "120000";

    private static string CommitId(string id) => id.Length == 40 && id.All(char.IsAsciiHexDigitLower)
        ? id
        : throw new ArgumentException($"'{id}' is not an object id of 40 lower-case hexadecimal digits; resolve names first.", nameof(id));

    /// <summary>Reads rows of <c>mode SP type SP id TAB path NUL</c>.</summary>
    private static List<TreeEntry> ParseListing(ReadOnlySpan<byte> listing)
    {
        var entries = new List<TreeEntry>();
        while (!listing.IsEmpty)
        {
            var end = listing.IndexOf((byte)0);
            var row = listing[..end];
            var tab = row.IndexOf((byte)'\t');
            var fields = Encoding.ASCII.GetString(row[..tab]).Split(' ');
            entries.Add(new TreeEntry(DecodePath(row[(tab + 1)..]), fields[0], fields[2]));
            listing = listing[(end + 1)..];
        }

        return entries;
    }

    private static string DecodePath(ReadOnlySpan<byte> path)
    {
        try
        {
            return StrictUtf8.GetString(path);
        }
        catch (DecoderFallbackException)
        {
            throw new GitException("ls-tree", 0, $"the path {Encoding.Latin1.GetString(path)} is not UTF-8; rename it, Kfm does not support it");
        }
    }

    /// <summary>Reads the answers of <c>cat-file --batch</c>: <c>id SP type SP size LF content LF</c>.</summary>
    private static Dictionary<string, byte[]> ParseBatch(ReadOnlySpan<byte> output, int count)
    {
        var blobs = new Dictionary<string, byte[]>(count, StringComparer.Ordinal);
        while (!output.IsEmpty)
        {
            var end = output.IndexOf((byte)'\n');
            var fields = Encoding.ASCII.GetString(output[..end]).Split(' ');
            if (fields is not [var id, "blob", var length])
            {
                throw new GitException("cat-file", 0, $"{fields[0]} is not a blob of this repository");
            }

            var size = int.Parse(length, CultureInfo.InvariantCulture);
            blobs.Add(id, output.Slice(end + 1, size).ToArray());
            output = output[(end + size + 2)..];
        }

        return blobs;
    }
}
