using Kfm.Agent.Git;

namespace Kfm.Agent.Patches;

/// <summary>Applies a patch to a tree in memory, to the byte as <c>git apply --index</c> does it, or refuses it.</summary>
/// <remarks>
/// Hunks may lie at an offset, because git applies them so too; their lines must match exactly. This refuses some patches that
/// git applies (see <see cref="PatchRules"/>), and where it applies one the id of the tree equals git's.
/// </remarks>
public static class PatchApplier
{
    /// <summary>Checks a patch and applies it to a commit.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="source">The repository.</param>
    /// <param name="baseCommit">The id of the commit that the patch stands on.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <returns>The new tree, or the reasons to refuse the patch.</returns>
    /// <exception cref="GitException">There is no such commit.</exception>
    public static async Task<PatchResult> ApplyAsync(
        UnifiedPatch patch,
        SourceRepository source,
        string baseCommit,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(source);
        var tree = await source.ReadTreeAsync(baseCommit, cancellationToken).ConfigureAwait(false);
        var blobs = await source.ReadBlobsAsync(Sources(patch, tree), cancellationToken).ConfigureAwait(false);
        return Apply(patch, tree, blobs);
    }

    /// <summary>The ids of the blobs that applying a patch reads: the files that it starts from, and all links.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="baseTree">The tree that the patch stands on.</param>
    public static IReadOnlyCollection<string> Sources(UnifiedPatch patch, GitTree baseTree)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(baseTree);
        var ids = baseTree.Entries.Where(e => e.Mode is "120000").Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in patch.Files.Where(f => f.Change != FileChange.Add))
        {
            if (baseTree.TryGet(file.OldPath, out var entry) && entry.Mode is not "160000")
            {
                ids.Add(entry.Id);
            }
        }

        return ids;
    }

    /// <summary>Checks a patch and applies it to a tree.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="baseTree">The tree that the patch stands on.</param>
    /// <param name="blobs">The contents of the blobs that <see cref="Sources"/> names, by id.</param>
    /// <returns>The new tree, or the reasons to refuse the patch.</returns>
    public static PatchResult Apply(UnifiedPatch patch, GitTree baseTree, IReadOnlyDictionary<string, byte[]> blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        var findings = PatchChecker.Check(patch, baseTree);
        if (findings.Count > 0)
        {
            return new PatchResult(findings, null, []);
        }

        var problems = new List<PatchFinding>();
        var files = new List<PatchedFile>();
        foreach (var file in patch.Files)
        {
            var content = Content(file, baseTree, blobs, problems);
            if (file.Change != FileChange.Delete)
            {
                files.Add(new PatchedFile(file.NewPath, Mode(file, baseTree), content));
            }
        }

        var tree = Patched(patch, baseTree, files);
        problems.AddRange(LinkChecker.Check(patch, files, tree, blobs));
        return problems.Count == 0 ? new PatchResult([], tree, files) : new PatchResult(problems, null, []);
    }

    private static byte[] Content(FilePatch file, GitTree tree, IReadOnlyDictionary<string, byte[]> blobs, List<PatchFinding> problems)
    {
        byte[] old = file.Change != FileChange.Add && tree.TryGet(file.OldPath, out var entry) ? blobs[entry.Id] : [];
        var applier = new HunkApplier(old);
        foreach (var hunk in file.Hunks)
        {
            if (applier.Apply(hunk) is { } reason)
            {
                problems.Add(new PatchFinding(PatchRules.Hunk, file.OldPath, hunk.Line, reason));
                return [];
            }
        }

        var content = applier.Take(out var problem);
        problem ??= file.Change == FileChange.Delete && content.Length > 0 ? "a deleted file keeps content" : null;
        if (problem is not null)
        {
            problems.Add(new PatchFinding(PatchRules.Hunk, file.NewPath, file.Line, problem));
        }

        return content;
    }

    private static string Mode(FilePatch file, GitTree tree) =>
        file.NewMode ?? (tree.TryGet(file.OldPath, out var entry) ? entry.Mode : "100644");

    private static GitTree Patched(UnifiedPatch patch, GitTree baseTree, List<PatchedFile> files)
    {
        var gone = patch.Files.Where(f => f.Change is not (FileChange.Add or FileChange.Copy)).Select(f => f.OldPath)
            .ToHashSet(StringComparer.Ordinal);
        var made = files.Select(f => new TreeEntry(f.Path, f.Mode, GitTree.BlobId(f.Content.Span)));
        return new GitTree(baseTree.Entries.Where(e => !gone.Contains(e.Path)).Concat(made));
    }
}
