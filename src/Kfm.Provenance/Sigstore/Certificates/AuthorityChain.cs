namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>The certificates of a trusted authority, from the lowest to the root, whose signatures on each other are checked once.</summary>
internal sealed class AuthorityChain
{
    private readonly Certificate[] _certificates;
    private readonly Lazy<string?> _fault;

    /// <param name="certificates">At least one; the last is the trust anchor.</param>
    public AuthorityChain(Certificate[] certificates)
    {
        _certificates = certificates;
        _fault = new(() => Check(certificates));
    }

    public ReadOnlySpan<Certificate> Certificates => _certificates;

    /// <summary>Why the chain vouches for nothing; null when each certificate signed the one below.</summary>
    public string? Fault => _fault.Value;

    // RFC 5280, 6.1.4: what a certificate must be to issue others, the lowest one excepted, which may be a signer.
    private static string? Check(Certificate[] chain)
    {
        for (var i = 0; i < chain.Length; i++)
        {
            var issuer = chain[Math.Min(i + 1, chain.Length - 1)];
            if (i > 0 && !chain[i].MayIssue(i - (chain[0].IsAuthority ? 0 : 1)))
            {
                return "a certificate of the authority may not issue others";
            }

            // An anchor need not be signed by itself: it is trusted by being there.
            if ((i < chain.Length - 1 || chain[i].IsSelfIssued) && !(issuer.MayHaveIssued(chain[i]) && issuer.HasSigned(chain[i])))
            {
                return "a certificate of the authority was not signed by the next one";
            }
        }

        return null;
    }
}
