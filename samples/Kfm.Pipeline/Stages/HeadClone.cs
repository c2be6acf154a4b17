using Kfm.Agent.Git;
using Kfm.Agent.Patches;
using Kfm.Agent.Previews;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Stages;

/// <summary>The head of the proposal in a clone of its own, also where the stage runs in another job than the one that made it.</summary>
internal static class HeadClone
{
    /// <summary>A clone that has the head: as the repository has it, or made again from base and patch, which gives the same commit.</summary>
    public static async Task<EphemeralClone> EnsureAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var clone = await run.CloneAsync(cancellationToken);
        var head = run.Trace!.HeadCommit;
        var there = await clone.Git.TryRunAsync(["cat-file", "-e", head + "^{commit}"], default, cancellationToken);
        if (there.Succeeded)
        {
            return clone;
        }

        var patch = UnifiedPatch.Parse(run.Bundle.Bytes(BundleFiles.Patch));
        var source = run.Base.Source;
        var tree = await source.ReadTreeAsync(run.Base.Commit, cancellationToken);
        var blobs = await source.ReadBlobsAsync(PatchApplier.Sources(patch, tree), cancellationToken);
        var proposal = await ProposalCommitter.CommitAsync(
            clone, patch, PatchApplier.Apply(patch, tree, blobs), run.StructuredIntent().Title, run.Base.Epoch, cancellationToken);
        return proposal.Commit == head
            ? clone
            : throw new RepositoryBaseException($"the repository does not have the head {head[..12]}, and base and patch make another commit.");
    }

    /// <summary>Two trees of the head in which the steps of the repository run.</summary>
    public static async Task<PreviewWorkspace> WorkspaceAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var clone = await EnsureAsync(run, cancellationToken);
        var sandbox = await Sandbox.ProbeAsync(run.Processes, run.Scratch, cancellationToken: cancellationToken);
        return await PreviewWorkspace.CreateAsync(
            sandbox,
            new PreviewOptions
            {
                Settings = run.Base.Settings,
                Checkout = (directory, token) => clone.ExportAsync(run.Trace!.HeadCommit, directory, token),
                SourceDateEpoch = run.Base.Epoch.ToUnixTimeSeconds(),
                HostEnvironment = HostVariables.Of(run),
                ScratchRoot = run.Scratch,
                HiddenPaths = run.HiddenPaths,
            },
            cancellationToken);
    }
}
