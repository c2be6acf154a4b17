using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Sigstore;

namespace Kfm.Pipeline.Verification;

/// <summary>The Sigstore bundles are over SHA256SUMS or a file that it lists, by a signer whom the caller accepts.</summary>
internal static class SigstoreCheck
{
    private const string Rule = "attestation.sigstore";

    /// <summary>Checks all of them; a caller who names a signer wants at least one.</summary>
    public static void Run(VerificationRun run, SigstoreTrust? trust)
    {
        var files = run.Files.Where(BundleFiles.IsSigstore).Order(StringComparer.Ordinal).ToList();
        if (trust is null)
        {
            foreach (var file in files)
            {
                run.Check(Rule, file, () => _ = SigstoreBundle.Parse(run.Bundle.Bytes(file)));
                run.Note($"{file}: the caller names no trusted root, so nobody vouches by it");
            }

            return;
        }

        run.Require(files.Count > 0, Rule, "attestations", "a signer is named, but there is no Sigstore bundle");
        var digests = files.Count > 0 ? Digests(run) : [];
        foreach (var file in files)
        {
            run.Check(Rule, file, () => Verify(run, trust, file, digests));
        }
    }

    private static List<Digest> Digests(VerificationRun run)
    {
        List<Digest> digests = [];
        run.Check(Rule, BundleFiles.Sums, () =>
        {
            if (run.Files.Contains(BundleFiles.Sums))
            {
                var sums = run.Bundle.Bytes(BundleFiles.Sums);
                digests.Add(Digest.Of(sums));
                digests.AddRange(Sha256Sums.Parse(sums).Entries.Select(e => e.Digest));
            }
        });
        return digests;
    }

    private static void Verify(VerificationRun run, SigstoreTrust trust, string file, List<Digest> digests)
    {
        var bundle = SigstoreBundle.Parse(run.Bundle.Bytes(file));
        SigstoreError? first = null;
        foreach (var digest in digests)
        {
            var error = trust.Verifier.Verify(bundle, SigstoreArtifact.FromDigest(digest), trust.Policy).Error;
            if (error is null)
            {
                return;
            }

            first ??= error;
            if (!IsOfAnother(error))
            {
                break;
            }
        }

        run.Refuse(Rule, file, first?.ToString() ?? "there is no file that it could be over");
    }

    private static bool IsOfAnother(SigstoreError error) => error is
    { Stage: SigstoreStage.Subject, Code: SigstoreErrorCode.SubjectMismatch }
        or { Stage: SigstoreStage.Signature, Code: SigstoreErrorCode.DigestMismatch or SigstoreErrorCode.InvalidSignature };
}
