namespace Kfm.Provenance.Slsa;

/// <summary>Why provenance or a verification summary was refused. With <c>Error</c> before it, each name is the one that slsa-verifier gives.</summary>
public enum SlsaErrorCode
{
    /// <summary>The payload is not a statement of the type that was asked for, or lacks what every builder writes.</summary>
    InvalidDssePayload,

    /// <summary>A signature is wrong.</summary>
    InvalidSignature,

    /// <summary>No signature of the key that the caller trusts is right.</summary>
    NoValidSignature,

    /// <summary>The certificate lacks what certificates of builders have, or contradicts itself.</summary>
    InvalidCertificate,

    /// <summary>The certificate was given for a token of another issuer than GitHub Actions.</summary>
    InvalidOIDCIssuer,

    /// <summary>A text has not the form that it must have.</summary>
    InvalidFormat,

    /// <summary>The workflow that signed is not the builder that was asked for, nor one that is trusted without asking.</summary>
    UntrustedReusableWorkflow,

    /// <summary>The builder in the provenance is not the one that was asked for.</summary>
    MismatchBuilderID,

    /// <summary>No builder was named where one must be, or provenance of this version is not known from this builder.</summary>
    InvalidBuilderID,

    /// <summary>The type of the build is not one that this builder makes.</summary>
    InvalidBuildType,

    /// <summary>The source repository is another one.</summary>
    MismatchSource,

    /// <summary>A URI is not that of a repository on GitHub, or has no reference.</summary>
    MalformedURI,

    /// <summary>The digest of the artifact is not among the subjects.</summary>
    MismatchHash,

    /// <summary>The digest of the artifact is shorter than 256 bits.</summary>
    InvalidHash,

    /// <summary>The source was built from another branch.</summary>
    MismatchBranch,

    /// <summary>The source was built from another tag.</summary>
    MismatchTag,

    /// <summary>The tag is not of the version that was asked for.</summary>
    MismatchVersionedTag,

    /// <summary>The source was not built from a reference of the kind that was asked for, or the builder not from a release.</summary>
    InvalidRef,

    /// <summary>A tag is not a semantic version.</summary>
    InvalidSemver,

    /// <summary>An input of the workflow is another one.</summary>
    MismatchWorkflowInputs,

    /// <summary>What the provenance claims is not what the certificate says.</summary>
    MismatchCertificate,

    /// <summary>The provenance claims what no certificate can prove.</summary>
    NonVerifiableClaim,

    /// <summary>This builder, or this state of it, is not supported.</summary>
    NotSupported,

    /// <summary>The package has another name.</summary>
    MismatchPackageName,

    /// <summary>The package has another version.</summary>
    MismatchPackageVersion,

    /// <summary>The name of the subject is not that of a package.</summary>
    InvalidPackageName,

    /// <summary>A summary lacks a required member, or the caller asked for no digest.</summary>
    EmptyRequiredField,

    /// <summary>A digest that was asked for is not among the subjects of the summary.</summary>
    MissingSubjectDigest,

    /// <summary>Another verifier made the summary.</summary>
    MismatchVerifierID,

    /// <summary>The summary is about another resource.</summary>
    MismatchResourceURI,

    /// <summary>The verification that the summary speaks of did not pass.</summary>
    InvalidVerificationResult,

    /// <summary>A level that was asked for was not reached.</summary>
    MismatchVerifiedLevels,

    /// <summary>A level of a SLSA track is not written SLSA_TRACK_LEVEL_n.</summary>
    InvalidSLSALevel,
}
