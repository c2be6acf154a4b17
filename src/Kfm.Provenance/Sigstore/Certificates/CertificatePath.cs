using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>A path whose signatures are checked: the certificates above the leaf, the issuer first, up to the root of an authority.</summary>
/// <param name="Authority">The trusted authority that the path ends in.</param>
/// <param name="Issuers">At least one certificate.</param>
internal sealed record CertificatePath(CertificateAuthority Authority, Certificate[] Issuers)
{
    /// <summary>Whether authority and issuers were valid at a time.</summary>
    public SigstoreError? CheckAt(DateTimeOffset time, SigstoreStage stage)
    {
        if (!Authority.Window.Contains(time))
        {
            return new(stage, SigstoreErrorCode.OutsideTrustWindow, $"The authority {Authority.Uri} is not trusted at {time:O}.");
        }

        foreach (var issuer in Issuers)
        {
            if (!issuer.IsValidAt(time))
            {
                return new(stage, SigstoreErrorCode.OutsideCertificateValidity, $"A certificate of the authority {Authority.Uri} is not valid at {time:O}.");
            }
        }

        return null;
    }
}
