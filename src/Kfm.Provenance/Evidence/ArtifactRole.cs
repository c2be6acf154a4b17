namespace Kfm.Provenance.Evidence;

/// <summary>What an artifact is to the pipeline.</summary>
public enum ArtifactRole
{
    /// <summary>Source that a run read: a commit, a tree, an intent.</summary>
    Source,

    /// <summary>A patch.</summary>
    Patch,

    /// <summary>Something that the preview built.</summary>
    Output,

    /// <summary>A list of artifacts with their digests.</summary>
    Manifest,

    /// <summary>The result of a check.</summary>
    Report,

    /// <summary>A software bill of materials.</summary>
    Sbom,

    /// <summary>A signed statement.</summary>
    Attestation,

    /// <summary>Configuration that a run read.</summary>
    Config,

    /// <summary>A policy.</summary>
    Policy,

    /// <summary>A schema.</summary>
    Schema,

    /// <summary>A data set.</summary>
    Data,

    /// <summary>A document for people: a design, a body of a pull request.</summary>
    Document,

    /// <summary>A log.</summary>
    Log,
}
