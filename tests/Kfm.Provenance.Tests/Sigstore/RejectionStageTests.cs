using Kfm.Provenance.Sigstore;

namespace Kfm.Provenance.Tests.Sigstore;

public sealed class RejectionStageTests
{
    // What the READMEs of the cases name as wrong, by the words of their names; the first that fits counts.
    private static readonly (string Word, SigstoreStage Stage)[] Table =
    [
        ("base64", SigstoreStage.Bundle),
        ("malformed-json", SigstoreStage.Bundle),
        ("empty-certificate-chain", SigstoreStage.Bundle),
        ("unknown-version", SigstoreStage.MediaType),
        ("trust-root-tlog-missing", SigstoreStage.TrustedRoot),
        ("root-cert", SigstoreStage.Certificate),
        ("checkpoint", SigstoreStage.Checkpoint),
        ("inclusion-proof", SigstoreStage.InclusionProof),
        ("intoto-set", SigstoreStage.SignedEntryTimestamp),
        ("set-invalid", SigstoreStage.SignedEntryTimestamp),
        ("timestamp", SigstoreStage.Timestamp),
        ("ct-key", SigstoreStage.CertificateTimestamp),
        ("hashedrekord-", SigstoreStage.LogEntry),
        ("dsse-mismatch", SigstoreStage.LogEntry),
        ("incorrect-public-key", SigstoreStage.LogEntry),
        ("invalid-sig", SigstoreStage.Signature),
        ("signature-mismatch", SigstoreStage.Signature),
        ("digest-mismatch", SigstoreStage.Signature),
        ("wrong-material", SigstoreStage.Signature),
    ];

    [SigstoreFact]
    public void Bad_bundle_is_refused_at_the_stage_that_its_readme_speaks_of()
    {
        var wrong = new List<string>();
        foreach (var one in SigstoreSuiteFiles.Cases(good: false))
        {
            var name = Path.GetFileName(one);
            var error = SigstoreSuiteFiles.Verify(one, SigstoreSuiteFiles.Bundle(one));
            var row = Array.Find(Table, t => name.Contains(t.Word, StringComparison.Ordinal));
            if (error is null || (row.Word is not null && error.Stage != row.Stage))
            {
                wrong.Add($"{name}: {error?.ToString() ?? "accepted"}");
            }
        }

        Assert.Empty(wrong);
    }
}
