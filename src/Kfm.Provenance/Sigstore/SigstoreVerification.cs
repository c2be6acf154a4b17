namespace Kfm.Provenance.Sigstore;

/// <summary>What a verification found: one error, or every fact that was verified. Of a refused bundle no fact is told.</summary>
public sealed class SigstoreVerification
{
    internal SigstoreVerification(SigstoreError error) => Error = error;

    internal SigstoreVerification()
    {
    }

    /// <summary>Whether signature, evidence and signer are what the policy wants.</summary>
    public bool IsVerified => Error is null;

    /// <summary>Why the bundle was refused; null when it is verified.</summary>
    public SigstoreError? Error { get; }

    /// <summary>The signer's certificate with its names and claims; null when the signer is a managed key.</summary>
    public SignerCertificate? Certificate { get; internal init; }

    /// <summary>The identity of the policy that the signer has; null with a managed key or when the policy names none.</summary>
    public CertificateIdentity? Identity { get; internal init; }

    /// <summary>The managed key that signed; null when the signer has a certificate.</summary>
    public ManagedKey? Key { get; internal init; }

    /// <summary>The times at which the signature existed, each signed by a witness. The certificate was valid at all of them.</summary>
    public IReadOnlyList<VerifiedTime> Times { get; internal init; } = [];

    /// <summary>The entries of transparency logs.</summary>
    public IReadOnlyList<VerifiedLogEntry> LogEntries { get; internal init; } = [];

    /// <summary>The proofs that the certificate was logged.</summary>
    public IReadOnlyList<VerifiedCertificateTimestamp> CertificateTimestamps { get; internal init; } = [];

    /// <summary>The type of the payload of the envelope; null when the bundle signs an artifact directly.</summary>
    public string? PayloadType { get; internal init; }

    /// <summary>The payload that was verified; empty when the bundle signs an artifact directly. Read this, never the bundle again.</summary>
    public ReadOnlyMemory<byte> Payload { get; internal init; }

    /// <summary>What was passed over: entries of unknown logs, timestamps of unknown authorities.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];
}
