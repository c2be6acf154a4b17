using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>The signing certificate: its use, a path to a trusted authority that is valid at every verified time, its certificate log.</summary>
internal sealed class CertificateCheck(TrustedRoot root, VerificationPolicy policy)
{
    /// <summary>The SCTs that verified.</summary>
    public List<VerifiedCertificateTimestamp> Verified { get; } = [];

    public SigstoreError? Check(Certificate leaf, Certificate[] intermediates, List<VerifiedTime> times)
    {
        if (CheckUse(leaf) is { } misuse)
        {
            return misuse;
        }

        foreach (var time in times)
        {
            if (!leaf.IsValidAt(time.Time))
            {
                return new(
                    TimeCheck.StageOf(time),
                    SigstoreErrorCode.OutsideCertificateValidity,
                    $"{time.Authority} saw the signature at {time.Time:O}; the certificate is valid from {leaf.NotBefore:O} to {leaf.NotAfter:O}.");
            }
        }

        var paths = new PathBuilder(root.Authorities, intermediates).Find(leaf, out var reason);
        SigstoreError? first = paths.Count > 0 ? null : Error(reason, "The certificate does not lead to an authority of the trusted root.");
        foreach (var path in paths)
        {
            var error = CheckTimes(path, times) ?? CheckLogged(leaf, path);
            if (error is null)
            {
                return null;
            }

            first ??= error;
        }

        return first;
    }

    // Fulcio, docs/certificate-specification.md: a leaf for code signing, with a name.
    private static SigstoreError? CheckUse(Certificate leaf) =>
        leaf.HasUnknownCriticalExtension ? Error(SigstoreErrorCode.UnknownCriticalExtension, "The certificate has a critical extension that is not understood.")
        : leaf.IsAuthority || !leaf.ForCodeSigning || leaf.Usages is not { } usages || !usages.HasFlag(KeyUsages.DigitalSignature)
        ? Error(SigstoreErrorCode.UsageNotAllowed, "The certificate is not one for code signing.")
        : leaf.AlternativeName.IsEmpty ? Error(SigstoreErrorCode.MissingMember, "The certificate has no subject alternative name.")
        : null;

    private static SigstoreError? CheckTimes(CertificatePath path, List<VerifiedTime> times)
    {
        foreach (var time in times)
        {
            if (path.CheckAt(time.Time, SigstoreStage.Certificate) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private SigstoreError? CheckLogged(Certificate leaf, CertificatePath path)
    {
        Verified.Clear();
        try
        {
            if (SctVerifier.Verify(leaf, path.Issuers[0], root.CertificateLogs, Verified) is { } error)
            {
                return error;
            }
        }
        catch (DerFormatException e)
        {
            return new(SigstoreStage.CertificateTimestamp, SigstoreErrorCode.Malformed, "The certificate's SCTs are malformed: " + e.Message + ".");
        }

        var needed = ((IdentityPolicy)policy).CertificateTimestampThreshold;
        var distinct = Witness.Count(Verified, static t => t.LogId);
        return distinct >= needed ? null : new(
            SigstoreStage.CertificateTimestamp,
            leaf.SctExtension.IsEmpty || Verified.Count > 0 ? SigstoreErrorCode.ThresholdNotMet : SigstoreErrorCode.UnknownAuthority,
            $"{distinct} trusted certificate logs logged the certificate; the policy demands {needed}.");
    }

    private static SigstoreError Error(SigstoreErrorCode code, string message) => new(SigstoreStage.Certificate, code, message);
}
