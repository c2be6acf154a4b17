using Kfm.Agent.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>Every document says what the record says, and the signed ones are signed by the key that sealed the bundle.</summary>
internal static class DocumentsCheck
{
    public static void Run(VerificationRun run, EvidenceGraph graph)
    {
        run.Check("documents.format", BundleFiles.SlsaProvenance, () =>
        {
            foreach (var finding in ConsistencyGate.Check(graph, BundleDocuments.Read(run.Bundle), [.. GateDocuments.Of(run.Bundle), PullRequestComment.Parse(run.Bundle.Bytes(BundleFiles.Comment), RunView.Of(run.Bundle).PullRequest())]))
            {
                run.Refuse("consistency." + finding.Rule, finding.Document + finding.Pointer, finding.Message);
            }
        });
        foreach (var projection in Projections.All.Where(p => BundleDocuments.IsEnvelope(p.Name) && run.Bundle.Has(p.Name)))
        {
            run.Check("attestation.format", projection.Name, () => Signature(run, projection.Name));
        }
    }

    private static void Signature(VerificationRun run, string name)
    {
        var bytes = run.Bundle.Bytes(name);
        var envelope = DsseEnvelope.Parse(bytes);
        run.Require(
            envelope.PayloadType == Statement.PayloadType && envelope.ToJson().AsSpan().SequenceEqual(bytes),
            "attestation.format",
            name,
            "the envelope is not in canonical form or its payload type is not in-toto's");
        if (run.Trust.Signers.Count > 0 && run.SignerEstablished)
        {
            var verification = envelope.Verify(run.Trust.Signers);
            run.Require(verification.IsVerified, "attestation.signature", name, verification.Reason ?? "");
        }
    }
}
