namespace Kfm.Provenance.Sigstore;

/// <summary>Whose signatures a verifier accepts, and how much evidence it wants. One of <see cref="IdentityPolicy"/> and <see cref="ManagedKeyPolicy"/>.</summary>
public abstract class VerificationPolicy
{
    private protected VerificationPolicy(int times) => TimeThreshold = times;

    /// <summary>How many entries of trusted transparency logs must verify; 1 unless said otherwise. Entries of one log count once.</summary>
    public int LogEntryThreshold { get; init; } = 1;

    /// <summary>How many witnesses of time must verify, logs (Rekor v1) and timestamp authorities together, each once.</summary>
    /// <remarks>1 for identities, whose certificates live for minutes, so a lower number is not accepted; 0 for managed keys.</remarks>
    public int TimeThreshold { get; init; }

    /// <summary>How many timestamp authorities must verify, each once; 0 unless said otherwise.</summary>
    public int TimestampAuthorityThreshold { get; init; }

    /// <summary>The time of verification: a witness of a later time is refused. Null when the caller has no clock.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>
    /// Accepts bundles whose chain carries a root certificate, as clients wrote them before 2023; it is not looked at. The format forbids
    /// it, so it is refused unless this is set.
    /// </summary>
    public bool AllowRootInChain { get; init; }

    /// <summary>Passes over timestamps of authorities that the trusted root does not know, with a warning. They are refused unless this is set.</summary>
    public bool IgnoreUnknownTimestampAuthorities { get; init; }
}
