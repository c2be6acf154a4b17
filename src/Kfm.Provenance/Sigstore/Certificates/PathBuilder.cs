using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Finds the paths from a certificate to trusted authorities (RFC 5280, 6), without regard to time.</summary>
/// <remarks>What stands in the bundle may lie between, but a path ends in certificates of the trusted root, which are checked once.</remarks>
internal sealed class PathBuilder(CertificateAuthority[] authorities, Certificate[] given)
{
    private const int MaxGiven = 4;
    private readonly List<CertificatePath> _paths = [];
    private SigstoreErrorCode _reason = SigstoreErrorCode.UnknownAuthority;

    /// <summary>All paths from a certificate.</summary>
    /// <param name="leaf">The certificate.</param>
    /// <param name="reason">When there is none: the furthest that was got.</param>
    public List<CertificatePath> Find(Certificate leaf, out SigstoreErrorCode reason)
    {
        Find(leaf, []);
        reason = _reason;
        return _paths;
    }

    private void Find(Certificate top, Certificate[] between)
    {
        foreach (var authority in authorities)
        {
            var chain = authority.Chain.Certificates;
            for (var i = 0; i < chain.Length; i++)
            {
                if (chain[i].MayHaveIssued(top) && Issued(chain[i], top, between.Length) && IsSound(authority, i, between.Length))
                {
                    _paths.Add(new(authority, [.. between, .. chain[i..]]));
                    break;
                }
            }
        }

        if (_paths.Count > 0 || between.Length == MaxGiven)
        {
            return;
        }

        foreach (var candidate in given)
        {
            if (!candidate.IsSelfIssued && !between.Contains(candidate) && candidate.MayHaveIssued(top) && Issued(candidate, top, between.Length))
            {
                Find(candidate, [.. between, candidate]);
            }
        }
    }

    private bool Issued(Certificate issuer, Certificate subject, int between)
    {
        if (!issuer.MayIssue(between))
        {
            _reason = SigstoreErrorCode.UsageNotAllowed;
            return false;
        }

        if (issuer.HasSigned(subject))
        {
            return true;
        }

        _reason = SigstoreErrorCode.InvalidSignature;
        return false;
    }

    // Path lengths count what lies below; the signatures within the chain are checked with the trusted root.
    private bool IsSound(CertificateAuthority authority, int from, int between)
    {
        var chain = authority.Chain.Certificates;
        for (var i = from + 1; i < chain.Length; i++)
        {
            if (!chain[i].MayIssue(between + i - from))
            {
                _reason = SigstoreErrorCode.UsageNotAllowed;
                return false;
            }
        }

        if (authority.Chain.Fault is null)
        {
            return true;
        }

        _reason = SigstoreErrorCode.InvalidSignature;
        return false;
    }
}
