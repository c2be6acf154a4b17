namespace Kfm.Provenance.Sigstore;

/// <summary>Who vouches for a time.</summary>
public enum TimeSource
{
    /// <summary>The log's signature over an entry and its integrated time (Rekor v1).</summary>
    TransparencyLog,

    /// <summary>A timestamp authority (RFC 3161).</summary>
    TimestampAuthority,
}
