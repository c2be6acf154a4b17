namespace Kfm.Provenance.Sigstore;

/// <summary>A signer that a policy accepts: the subject alternative name, the OIDC issuer, and claims of the certificate.</summary>
/// <param name="Name">The subject alternative name: an e-mail address, a URI such as that of a workflow, or a user name.</param>
/// <param name="Issuer">The issuer of the OIDC token for which the certificate was given.</param>
public sealed record CertificateIdentity(TextMatch Name, TextMatch Issuer)
{
    /// <summary>Further claims that must have these values; none by default.</summary>
    public IReadOnlyDictionary<FulcioClaim, string> Claims { get; init; } = new Dictionary<FulcioClaim, string>();

    /// <summary>One name by one issuer.</summary>
    /// <param name="name">The subject alternative name.</param>
    /// <param name="issuer">The URL of the issuer.</param>
    public static CertificateIdentity Exact(string name, string issuer) => new(TextMatch.Exact(name), TextMatch.Exact(issuer));

    /// <summary>Why a certificate is not of this identity; null when it is.</summary>
    internal SigstoreError? Misfit(SignerCertificate certificate)
    {
        if (certificate.Issuer is not { } issuer || !Issuer.IsMatch(issuer))
        {
            return new(SigstoreStage.Identity, SigstoreErrorCode.IssuerMismatch, $"The issuer is '{certificate.Issuer}', expected is {Issuer}.");
        }

        if (!certificate.Names.Any(Name.IsMatch))
        {
            return new(SigstoreStage.Identity, SigstoreErrorCode.NameMismatch, $"The signer is '{string.Join("', '", certificate.Names)}', expected is {Name}.");
        }

        foreach (var (claim, expected) in Claims)
        {
            var actual = certificate.Claim(claim);
            if (!string.Equals(actual, expected, StringComparison.Ordinal))
            {
                return new(SigstoreStage.Identity, SigstoreErrorCode.ClaimMismatch, $"The claim {claim} is '{actual}', expected is '{expected}'.");
            }
        }

        return null;
    }
}
