namespace Kfm.Provenance.Sigstore;

/// <summary>The part of the verification that refused a bundle. All parts must pass; the first in the order of this list that does not is named.</summary>
public enum SigstoreStage
{
    /// <summary>The bundle is not JSON of the form of sigstore_bundle.proto.</summary>
    Bundle,

    /// <summary>The media type names a version that is not read.</summary>
    MediaType,

    /// <summary>The trusted root breaks its format (sigstore_trustroot.proto).</summary>
    TrustedRoot,

    /// <summary>The policy asks for another kind of signer than the bundle has.</summary>
    Policy,

    /// <summary>The signature does not verify over the artifact or the envelope.</summary>
    Signature,

    /// <summary>The body of the log entry speaks of something other than the bundle.</summary>
    LogEntry,

    /// <summary>The log's promise over an entry and its time (Rekor v1).</summary>
    SignedEntryTimestamp,

    /// <summary>The proof that the entry is in the log (RFC 6962, 2.1.1).</summary>
    InclusionProof,

    /// <summary>The signed head of the log (C2SP tlog-checkpoint).</summary>
    Checkpoint,

    /// <summary>A signed timestamp (RFC 3161), or too few verified times.</summary>
    Timestamp,

    /// <summary>The signing certificate or its path to a trusted authority (RFC 5280, 6).</summary>
    Certificate,

    /// <summary>The proof that the certificate is in a certificate log (RFC 6962, 3.2).</summary>
    CertificateTimestamp,

    /// <summary>The payload is no statement about the artifact.</summary>
    Subject,

    /// <summary>The signer is not one that the policy names.</summary>
    Identity,
}
