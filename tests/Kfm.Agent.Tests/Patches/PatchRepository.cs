using System.Text;
using Kfm.Agent.Git;
using Kfm.Agent.Patches;
using Kfm.Agent.Processes;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Patches;

/// <summary>A repository with one commit, and what Kfm and git make of patches on it.</summary>
internal sealed class PatchRepository : IDisposable
{
    public GitRepository Files { get; } = new();

    public static ProcessRunner Runner { get; } = new(new ProcessTimer(TimeProvider.System));

    public static PatchRepository With(params (string Path, string Text)[] files)
    {
        var repository = new PatchRepository();
        foreach (var (path, text) in files)
        {
            repository.Files.Write(path, text);
        }

        repository.Files.Commit("base");
        return repository;
    }

    public Task<SourceRepository> OpenAsync() => SourceRepository.OpenAsync(Runner, Files.Path);

    /// <summary>The patch from the last commit to the work tree, which goes back to the commit.</summary>
    public byte[] Diff()
    {
        Files.Run("add", "--all");
        var git = new GitCommand(Runner, Files.Path);
        var patch = git.RunAsync(["diff", "--cached", "--full-index", "--find-renames", "--find-copies-harder", "--no-ext-diff", "HEAD"]).GetAwaiter().GetResult();
        Files.Run("reset", "--quiet", "--hard");
        return patch.ToArray();
    }

    public Task<PatchResult> ApplyAsync(string patch) => ApplyAsync(Encoding.UTF8.GetBytes(patch));

    public async Task<PatchResult> ApplyAsync(byte[] patch) =>
        await PatchApplier.ApplyAsync(UnifiedPatch.Parse(patch), await OpenAsync(), Files.Head);

    /// <summary>The tree that <c>git apply --index</c> makes of a patch, or null when it refuses; the work tree goes back to the commit.</summary>
    public async Task<string?> GitTreeAsync(byte[] patch)
    {
        var git = new GitCommand(Runner, Files.Path);
        var applied = await git.TryRunAsync(["apply", "--index", "-"], patch);
        var tree = applied.Succeeded ? await git.LineAsync(["write-tree"]) : null;
        Files.Run("reset", "--quiet", "--hard");
        Files.Run("clean", "--quiet", "-d", "--force");
        return tree;
    }

    public void Dispose() => Files.Dispose();
}
