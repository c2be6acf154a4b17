using Kfm.Provenance.Sigstore.Bundles;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>One verification: each check returns its rejection or null, and the first rejection ends it.</summary>
internal sealed class VerificationRun(TrustedRoot root, SigstoreBundle bundle, SigstoreArtifact artifact, VerificationPolicy policy)
{
    private readonly List<string> _warnings = [];

    public SigstoreVerification Run()
    {
        if (BundleSigner.Read(bundle, policy, out var signer) is { } error)
        {
            return new(error);
        }

        var content = new SignatureContent(bundle, artifact);
        var logs = new LogCheck(root, bundle, content, policy, _warnings);
        var times = new TimeCheck(root, bundle, policy, _warnings);
        var certificate = new CertificateCheck(root, policy);
        CertificateIdentity? identity = null;
        error = content.Verify(signer)
            ?? logs.Check(signer)
            ?? times.Check(logs)
            ?? (signer.Leaf is { } leaf ? certificate.Check(leaf, signer.Intermediates, times.Verified) : times.CheckKey(signer.ManagedKey!))
            ?? SubjectCheck.Check(bundle, artifact)
            ?? IdentityCheck.Check(signer, policy, out identity);
        return error is null ? Facts(signer, logs, times, certificate, identity) : new(error);
    }

    private SigstoreVerification Facts(BundleSigner signer, LogCheck logs, TimeCheck times, CertificateCheck certificate, CertificateIdentity? identity) => new()
    {
        Certificate = signer.Certificate,
        Identity = identity,
        Key = signer.ManagedKey,
        Times = times.Verified,
        LogEntries = logs.Verified,
        CertificateTimestamps = certificate.Verified,
        PayloadType = bundle.PayloadType,
        Payload = bundle.Payload,
        Warnings = _warnings,
    };
}
