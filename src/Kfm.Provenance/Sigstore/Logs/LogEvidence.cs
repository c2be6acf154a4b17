using Kfm.Provenance.Merkle;
using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Logs;

/// <summary>Verifies that a log vouches for an entry: promise, inclusion proof, checkpoint.</summary>
internal static class LogEvidence
{
    private const string ProofPath = "/inclusionProof";
    private const string CheckpointPath = ProofPath + "/checkpoint";

    /// <summary>Checks all that the entry carries; the reader has seen to it that it carries what the version of the bundle demands.</summary>
    public static SigstoreError? Check(LogEntry entry, BundleVersion version, TrustedLog log, int index)
    {
        if (entry.Promise is not null && (entry.IsRekorV2 || !PromiseVerifier.Verify(entry, log)))
        {
            return new(SigstoreStage.SignedEntryTimestamp, SigstoreErrorCode.InvalidSignature, $"The signed entry timestamp is not one of the log {log.BaseUrl}.", Path(index, "/inclusionPromise"));
        }

        return entry.Proof is null ? null : Proof(entry, entry.Proof, version, log, index);
    }

    private static SigstoreError? Proof(LogEntry entry, InclusionProof proof, BundleVersion version, TrustedLog log, int index)
    {
        // Rekor v2 has one tree; the global index of Rekor v1 counts over its shards and is covered by the promise.
        if (entry.IsRekorV2 && (ulong)entry.LogIndex != proof.LogIndex)
        {
            return new(SigstoreStage.InclusionProof, SigstoreErrorCode.InvalidProof, "The index of the entry is not that of its proof.", Path(index, ProofPath));
        }

        if (!MerkleProof.VerifyInclusion(proof.LogIndex, proof.TreeSize, MerkleHash.Leaf(entry.Body), proof.Hashes, proof.Root))
        {
            return new(SigstoreStage.InclusionProof, SigstoreErrorCode.InvalidProof, "The proof does not lead from the entry to the root hash.", Path(index, ProofPath));
        }

        if (proof.Checkpoint is not null)
        {
            return Checkpoint(proof, log, index);
        }

        // Bundles of version 0.1 carry a promise; without a checkpoint it alone vouches, and the proof for nothing.
        return version == BundleVersion.V01
            ? null
            : new(SigstoreStage.Checkpoint, SigstoreErrorCode.MissingCheckpoint, "The inclusion proof of a bundle 0.2 or later has a checkpoint.", Path(index, ProofPath));
    }

    private static SigstoreError? Checkpoint(InclusionProof proof, TrustedLog log, int index)
    {
        if (!CheckpointNote.TryRead(proof.Checkpoint, out var note))
        {
            return new(SigstoreStage.Checkpoint, SigstoreErrorCode.Malformed, "The checkpoint is not a signed note with origin, size and root hash.", Path(index, CheckpointPath));
        }

        if (!note.IsSignedBy(log, out var isThere))
        {
            return isThere
                ? new(SigstoreStage.Checkpoint, SigstoreErrorCode.InvalidSignature, $"The checkpoint's signature of the log {log.BaseUrl} is wrong.", Path(index, CheckpointPath))
                : new(SigstoreStage.Checkpoint, SigstoreErrorCode.MissingLogSignature, $"The checkpoint has no signature of the log {log.BaseUrl}.", Path(index, CheckpointPath));
        }

        return note.Size == proof.TreeSize && note.Root == proof.Root
            ? null
            : new(SigstoreStage.Checkpoint, SigstoreErrorCode.RootMismatch, "The checkpoint is of another tree than the proof.", Path(index, CheckpointPath));
    }

    private static string Path(int index, string member) => $"{VerificationMaterial.Path}/tlogEntries/{index}{member}";
}
