namespace Kfm.Provenance.Sigstore;

/// <summary>Why a bundle was refused. With the stage it names the rule that was broken.</summary>
public enum SigstoreErrorCode
{
    /// <summary>The text is not JSON.</summary>
    MalformedJson,

    /// <summary>A member that must be there is not.</summary>
    MissingMember,

    /// <summary>A member stands twice, or two members that exclude each other are both there.</summary>
    ConflictingMembers,

    /// <summary>A member has another type or value than the format allows.</summary>
    InvalidMember,

    /// <summary>A text is not base64.</summary>
    InvalidBase64,

    /// <summary>Something is longer or more than this reader takes.</summary>
    LimitExceeded,

    /// <summary>The version of the format, or the kind of a log entry, is not supported.</summary>
    UnsupportedVersion,

    /// <summary>A key or an algorithm is not supported.</summary>
    UnsupportedAlgorithm,

    /// <summary>The chain has no certificate.</summary>
    EmptyCertificateChain,

    /// <summary>A bundle of version 0.3 carries a chain instead of one certificate.</summary>
    ChainNotAllowed,

    /// <summary>The bundle carries a root certificate.</summary>
    RootInChain,

    /// <summary>The signed encoding (DER, TLS structure, note) is malformed.</summary>
    Malformed,

    /// <summary>The bundle has no signature of the kind that the version demands.</summary>
    MissingInclusionPromise,

    /// <summary>The entry has no inclusion proof.</summary>
    MissingInclusionProof,

    /// <summary>The inclusion proof has no checkpoint.</summary>
    MissingCheckpoint,

    /// <summary>The signature is wrong.</summary>
    InvalidSignature,

    /// <summary>The digest in the bundle or the entry is not that of the artifact or the envelope.</summary>
    DigestMismatch,

    /// <summary>The signature in the entry is not that of the bundle.</summary>
    SignatureMismatch,

    /// <summary>The certificate or key in the entry is not that of the bundle.</summary>
    KeyMismatch,

    /// <summary>The kind and version of the entry are not those of its body.</summary>
    KindMismatch,

    /// <summary>The proof does not lead to the root hash.</summary>
    InvalidProof,

    /// <summary>The root hash or size of the checkpoint is not that of the proof.</summary>
    RootMismatch,

    /// <summary>The trusted log did not sign the checkpoint.</summary>
    MissingLogSignature,

    /// <summary>No trusted log, authority or key is known under this identity.</summary>
    UnknownAuthority,

    /// <summary>The time lies outside the interval in which the trusted root trusts this log or authority.</summary>
    OutsideTrustWindow,

    /// <summary>A verified time lies outside the validity of a certificate.</summary>
    OutsideCertificateValidity,

    /// <summary>A verified time is later than the time of verification.</summary>
    InTheFuture,

    /// <summary>The same entry or timestamp stands twice.</summary>
    Duplicate,

    /// <summary>Fewer proofs of this kind verified than the policy demands.</summary>
    ThresholdNotMet,

    /// <summary>The authority did not grant the timestamp.</summary>
    NotGranted,

    /// <summary>The timestamp was made over something other than the signature.</summary>
    ImprintMismatch,

    /// <summary>Key usage, extended key usage or basic constraints do not allow this use.</summary>
    UsageNotAllowed,

    /// <summary>The certificate has a critical extension that is not understood.</summary>
    UnknownCriticalExtension,

    /// <summary>The bundle has another kind of signer than the policy: a certificate in place of a key, or a key in place of a certificate.</summary>
    WrongSignerKind,

    /// <summary>The payload is not an in-toto statement, so it has no subject.</summary>
    UnsupportedPayload,

    /// <summary>No subject of the statement has the digest of the artifact.</summary>
    SubjectMismatch,

    /// <summary>The digest that the check needs was not given.</summary>
    DigestNotGiven,

    /// <summary>The subject alternative name is not one that the policy allows.</summary>
    NameMismatch,

    /// <summary>The OIDC issuer is not one that the policy allows.</summary>
    IssuerMismatch,

    /// <summary>A claim of the certificate is not what the policy demands.</summary>
    ClaimMismatch,
}
