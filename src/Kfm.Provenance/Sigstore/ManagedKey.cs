using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Sigstore;

/// <summary>A key that the caller knows, and when it is accepted.</summary>
/// <param name="Key">The key.</param>
public sealed record ManagedKey(VerificationKey Key)
{
    /// <summary>The first instant at which a signature may have been made; null without a bound.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The last instant at which a signature may have been made; null without a bound.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}
