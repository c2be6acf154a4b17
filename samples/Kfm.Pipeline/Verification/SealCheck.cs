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

        var text = run.Bundle.Text(BundleFiles.LedgerProof);
        var proof = TlogProof.Parse(text);
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
    }

    private static void Inclusion(VerificationRun run, TlogProof proof, ReadOnlyMemory<byte> leaf)
    {
        if (run.Trust.Logs.Count == 0)
        {
            run.Note("no log is one that the caller knows, so the proof of the ledger is not established");
            run.SignerEstablished = false;
            return;
        }

        var results = run.Trust.Logs.Select(log => proof.Verify(leaf.Span, log.Name, log)).ToArray();
        run.Require(
            results.Any(r => r.IsVerified),
            "ledger.inclusion",
            BundleFiles.LedgerProof,
            results.FirstOrDefault(r => !r.IsVerified)?.Reason ?? "no trusted log proves the entry");
    }
}
