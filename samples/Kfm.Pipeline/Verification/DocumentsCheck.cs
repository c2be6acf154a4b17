using System.Text.Json.Nodes;
using Kfm.Agent.PullRequests;
using Kfm.Agent.Telemetry;
using Kfm.Gates.Decisions;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>Every document says what the record says, and the signed ones are signed by the key that sealed the bundle.</summary>
internal static class DocumentsCheck
{
    public static void Run(VerificationRun run, EvidenceGraph graph)
    {
        run.Check("attestation.format", "attestations", () => Refuse(run, ConsistencyGate.Check(graph, BundleDocuments.Read(run.Bundle))));
        run.Check("gate.format", BundleFiles.Decision, () => Refuse(run, GateDocuments.Of(run.Bundle).SelectMany(d => ConsistencyGate.Check(graph, d))));
        run.Check("telemetry.format", BundleFiles.Telemetry, () => Telemetry(run, graph));
        run.Check("comment.format", BundleFiles.Comment, () => Comment(run, graph));
        FocusFilesCheck.Run(run);
        foreach (var projection in Projections.All.Where(p => BundleDocuments.IsEnvelope(p.Name) && run.Files.Contains(p.Name)))
        {
            run.Check("attestation.format", projection.Name, () => Signature(run, projection.Name));
        }

        // Bundles of before it was written have none; that it was taken out of a newer one, the sums say.
        if (run.Files.Contains(BundleFiles.SbomStatement))
        {
            run.Check("attestation.format", BundleFiles.SbomStatement, () => Bill(run, graph));
        }
    }

    private static void Bill(VerificationRun run, EvidenceGraph graph)
    {
        Signature(run, BundleFiles.SbomStatement);
        var payload = DsseEnvelope.Parse(run.Bundle.Bytes(BundleFiles.SbomStatement)).Payload;
        run.Require(
            SbomAttestation.Payload(run.Bundle, graph) is { } expected && payload.Span.SequenceEqual(expected),
            "attestation.sbom",
            BundleFiles.SbomStatement,
            "the statement is not the one that record and bill of materials give");
    }

    // Version 1 had figures that no fact stood behind, and said of all of them that they were not measured.
    private static void Telemetry(VerificationRun run, EvidenceGraph graph)
    {
        if (run.Bytes(BundleFiles.Telemetry) is { } telemetry && !telemetry.AsSpan().SequenceEqual(TelemetryDocument.Write(graph)))
        {
            var version = JsonNode.Parse(CanonicalJson.Canonicalize(telemetry)) is JsonObject root ? root["formatVersion"]?.ToJsonString() : null;
            run.Require(version == "1", "telemetry", BundleFiles.Telemetry, "the document is not what the record says");
        }
    }

    private static void Comment(VerificationRun run, EvidenceGraph graph)
    {
        if (run.Bytes(BundleFiles.Comment) is not { } comment || run.Bytes(BundleFiles.Intent) is not { } intent)
        {
            return;
        }

        _ = Decision.Parse(run.Bundle.Bytes(BundleFiles.Decision));
        if (JsonNode.Parse(CanonicalJson.Canonicalize(intent)) is not JsonObject)
        {
            run.Refuse("intent.format", BundleFiles.Intent, "it is not a JSON object");
            return;
        }

        Refuse(run, ConsistencyGate.Check(graph, PullRequestComment.Parse(comment, RunView.Of(run.Bundle).PullRequest())));
    }

    private static void Refuse(VerificationRun run, IEnumerable<ConsistencyFinding> findings)
    {
        foreach (var finding in findings)
        {
            run.Refuse("consistency." + finding.Rule, finding.Document, finding.Pointer.Length == 0 ? finding.Message : $"{finding.Message} (at \"{finding.Pointer}\")");
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
        run.Require(
            envelope.Signatures.Count == 1 && envelope.Signatures[0].KeyId == run.Signer,
            "attestation.signer",
            name,
            "the envelope does not carry exactly one signature of the key that sealed the bundle");
        if (run.Trust.Signers.FirstOrDefault(k => k.KeyId == run.Signer) is { } signer)
        {
            var verification = envelope.Verify([signer]);
            run.Require(verification.IsVerified, "attestation.signature", name, verification.Reason ?? "");
        }
    }
}
