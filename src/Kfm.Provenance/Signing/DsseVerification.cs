namespace Kfm.Provenance.Signing;

/// <summary>What a verification of a DSSE envelope found.</summary>
public sealed class DsseVerification
{
    internal DsseVerification(IReadOnlyList<VerificationKey> verifiedBy, string payloadType, ReadOnlyMemory<byte> payload, string? reason)
    {
        VerifiedBy = verifiedBy;
        PayloadType = payloadType;
        Payload = reason is null ? payload : default;
        Reason = reason;
    }

    /// <summary>Whether at least as many distinct keys as the threshold have signed.</summary>
    public bool IsVerified => Reason is null;

    /// <summary>The distinct keys whose signatures verify, in the order in which the caller gave them.</summary>
    public IReadOnlyList<VerificationKey> VerifiedBy { get; }

    /// <summary>The payload type of the envelope; it is signed, so it is true when <see cref="IsVerified"/> is.</summary>
    public string PayloadType { get; }

    /// <summary>The bytes that were verified; empty when <see cref="IsVerified"/> is false. Read these, never the envelope again.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Why the envelope is not verified; null when it is.</summary>
    public string? Reason { get; }
}
