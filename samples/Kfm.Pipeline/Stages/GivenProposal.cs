using System.Text;
using Kfm.Agent.Codegen;
using Kfm.Agent.Patches;
using Kfm.Gates.Scanning;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>A proposal that was given as a patch file or a branch: scanned for secrets before it is kept, and logged as what it is.</summary>
internal static class GivenProposal
{
    /// <summary>Takes the patch into the bundle; the refusal when it adds a secret, else null.</summary>
    public static async Task<StageResult?> TakeAsync(PipelineRun run, StageRecord record, CancellationToken cancellationToken)
    {
        var (bytes, proposer) = run.Options.PatchFile is { } file
            ? (await File.ReadAllBytesAsync(file, cancellationToken), new Actor(ActorKind.Software, "software:patch-file"))
            : await BranchPatch.ReadAsync(run.Base, run.Options.Head!, cancellationToken);
        run.Evidence.Add(proposer);
        record.Associate(proposer.Id, "proposer");
        var secrets = SecretScanner.ScanPatch(Encoding.UTF8.GetString(bytes));
        record.Check("secrets.answer", secrets.Count == 0, string.Join("; ", secrets));
        if (secrets.Count > 0)
        {
            return StageResult.Failed(run.Redact("the patch adds a secret and was dropped: " + string.Join("; ", secrets)));
        }

        run.Bundle.Write(BundleFiles.Patch, bytes);
        record.Generate(BundleFiles.Patch, ArtifactRole.Patch);
        WriteLog(run, record, bytes);
        return null;
    }

    private static void WriteLog(PipelineRun run, StageRecord record, byte[] patch)
    {
        var log = new AgentLog
        {
            Source = run.Options.PatchFile is null ? "head" : "patch",
            Seed = null,
            ConfigDigest = null,
            RequestDigest = null,
            Model = null,
            ModelVersion = null,
            PromptReference = null,
            PromptDigest = null,
            PatchDigest = Digest.Of(patch),
            ChangedFiles = Changed(patch),
        };
        run.Bundle.Write(BundleFiles.AgentLog, log.ToBytes());
        record.Generate(BundleFiles.AgentLog, ArtifactRole.Log);
    }

    // Whether it is a patch at all is for the next stage to say.
    private static IReadOnlyList<string> Changed(byte[] patch)
    {
        try
        {
            return new PatchSummary(UnifiedPatch.Parse(patch)).ChangedPaths;
        }
        catch (PatchFormatException)
        {
            return [];
        }
    }
}
