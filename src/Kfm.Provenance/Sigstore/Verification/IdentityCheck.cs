namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>Whether the signer is one that the policy names.</summary>
internal static class IdentityCheck
{
    public static SigstoreError? Check(BundleSigner signer, VerificationPolicy policy, out CertificateIdentity? identity)
    {
        identity = null;
        if (policy is not IdentityPolicy { Identities: { Count: > 0 } identities } || signer.Certificate is not { } certificate)
        {
            return null;
        }

        SigstoreError? first = null;
        foreach (var candidate in identities)
        {
            var misfit = candidate.Misfit(certificate);
            if (misfit is null)
            {
                identity = candidate;
                return null;
            }

            first ??= misfit;
        }

        return first;
    }
}
