using Kfm.Ledger.Entries;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>The seal is about these sums, a trusted key signed it, and a trusted log holds it.</summary>
internal static class SealCheck
{
    public static void Run(VerificationRun run)
    {
        run.Check("seal.format", BundleFiles.Seal, () => Seal(run));
        run.Check("ledger.format", BundleFiles.LedgerProof, () => Proof(run));
    }

    private static void Seal(VerificationRun run)
    {
        if (run.Bytes(BundleFiles.Seal) is not { } bytes || run.DigestOf(BundleFiles.Sums) is not { } sums || run.Graph?.Decision is not { } decided)
        {
            return;
        }

        var envelope = DsseEnvelope.Parse(bytes);
        run.Require(envelope.ToJson().AsSpan().SequenceEqual(bytes), "seal.format", BundleFiles.Seal, "the envelope is not in canonical form");
        var expected = new SealStatement(sums, run.Graph.TraceId, run.Graph.Root, decided.Decision, "");
        var same = expected.Matches(envelope.Payload.Span, out var signer);
        run.Signer = signer;
        run.Require(same, "seal.subject", BundleFiles.Seal, "the seal is about other sums, another record or another decision");
        run.Require(
            envelope.Payload.Span.IndexOf(System.Text.Encoding.ASCII.GetBytes(sums.Hex)) >= 0,
            "seal.sums",
            BundleFiles.Sums,
            "it is not the list that was sealed");
        run.Require(envelope.PayloadType == SealStatement.PayloadType, "seal.format", BundleFiles.Seal, "the payload type is not in-toto's");
        run.Require(
            envelope.Signatures.Count == 1 && envelope.Signatures[0].KeyId == signer,
            "seal.signer",
            BundleFiles.Seal,
            "the envelope does not carry exactly one signature of the key that the seal names");
        if (!run.Trust.Signers.Any(k => k.KeyId == signer))
        {
            run.Note($"the signer {signer} is not one that the caller knows");
            return;
        }

        var verification = envelope.Verify(run.Trust.Signers);
        run.SignerEstablished = run.Require(
            verification.IsVerified && verification.VerifiedBy.Any(k => k.KeyId == signer),
            "seal.signature",
            BundleFiles.Seal,
            verification.Reason ?? "another key than the one that the seal names has signed it");
    }

    private static void Proof(VerificationRun run)
    {
        if (run.Bytes(BundleFiles.LedgerProof) is not { } bytes || run.DigestOf(BundleFiles.Seal) is not { } seal)
        {
            return;
        }

        var proof = TlogProof.Parse(System.Text.Encoding.UTF8.GetString(bytes));
        run.Require(
            System.Text.Encoding.UTF8.GetBytes(proof.ToString()).AsSpan().SequenceEqual(bytes),
            "ledger.format",
            BundleFiles.LedgerProof,
            "the proof is not in its one form");
        if (proof.Extra is not { } leaf)
        {
            run.Refuse("ledger.entry", BundleFiles.LedgerProof, "the proof does not carry the entry that it proves");
            return;
        }

        Entry(run, LedgerEntry.Parse(leaf), seal);
        Inclusion(run, proof, leaf);
    }

    private static void Entry(VerificationRun run, LedgerEntry entry, Digest seal)
    {
        run.Require(
            entry.Kind == LedgerEntryKind.Seal && entry.Subject == seal,
            "ledger.entry",
            BundleFiles.LedgerProof,
            $"the entry is not about this seal, whose digest is {seal}");
        run.Require(
            entry.TraceId == run.Graph?.TraceId && entry.Repository == run.Graph?.Trace.Repository,
            "ledger.entry",
            BundleFiles.LedgerProof,
            "the entry is about another run or another repository");
        run.Require(
            run.Graph?.Decision is { } decided && entry.Links.Count == 1 && entry.Links[0] == new LedgerLink("decision", decided.Decision),
            "ledger.entry",
            BundleFiles.LedgerProof,
            "the entry names another decision");
    }

    private static void Inclusion(VerificationRun run, TlogProof proof, ReadOnlyMemory<byte> leaf)
    {
        var note = SignedNote.Parse(proof.Checkpoint);
        var checkpoint = Checkpoint.Parse(note.Text);
        run.Require(
            checkpoint.Root is { } root && MerkleProof.VerifyInclusion(proof.Index, checkpoint.Size, MerkleHash.Leaf(leaf.Span), proof.Hashes, root),
            "ledger.inclusion",
            BundleFiles.LedgerProof,
            "the entry is not in the tree of the checkpoint at this index");
        run.Require(note.Signatures.Count == 1, "ledger.signature", BundleFiles.LedgerProof, "the checkpoint has more than one signature, and nothing vouches for the others");
        var log = run.Trust.Logs.FirstOrDefault(l => note.Signatures.Any(s => s.Name == l.Name && s.KeyHash == l.KeyHash));
        if (log is not null)
        {
            var result = proof.Verify(leaf.Span, log.Name, log);
            run.Require(result.IsVerified, "ledger.inclusion", BundleFiles.LedgerProof, result.Reason ?? "");
            return;
        }

        run.Require(
            !run.SignerEstablished || run.Trust.Logs.All(l => l.Name != checkpoint.Origin),
            "ledger.signature",
            BundleFiles.LedgerProof,
            $"the caller knows the log {checkpoint.Origin}, and its key has not signed the checkpoint");
        run.Note($"the log {checkpoint.Origin} is not one that the caller knows, so the proof of the ledger is not established");
        run.SignerEstablished = false;
    }
}
