namespace Kfm.Provenance.Slsa;

/// <summary>What provenance must say. What is null is not looked at.</summary>
public sealed record SlsaExpectations
{
    /// <summary>The source repository, such as <c>github.com/org/name</c>, <c>https://…</c> or <c>git+https://…</c>.</summary>
    public required string SourceUri { get; init; }

    /// <summary>The hash function (<c>sha256</c>, <c>sha512</c>) and the lower-case hexadecimal digest of the artifact.</summary>
    public required KeyValuePair<string, string> Digest { get; init; }

    /// <summary>
    /// The builder, with or without <c>@reference</c>; null trusts the builders of slsa-github-generator, and nobody for GitHub's own attestations and npm.
    /// </summary>
    public string? BuilderId { get; init; }

    /// <summary>The branch that was built, without <c>refs/heads/</c>.</summary>
    public string? Branch { get; init; }

    /// <summary>The tag that was built, without <c>refs/tags/</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>A semantic version with <c>v</c>, whose parts (major, minor, patch) must be those of the tag; fewer parts leave the rest open.</summary>
    public string? VersionedTag { get; init; }

    /// <summary>Inputs of a workflow that was started by hand.</summary>
    public IReadOnlyDictionary<string, string> WorkflowInputs { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Accepts a workflow that signed at the head of its main branch or at a pre-release, when the source is one of the two repositories in which the
    /// builders of slsa-github-generator are tested (slsa-verifier: <c>SLSA_VERIFIER_TESTING</c>). Leave it false for everything else.
    /// </summary>
    public bool AllowTestBuilders { get; init; }

    /// <summary>The name of an npm package.</summary>
    public string? PackageName { get; init; }

    /// <summary>The version of an npm package.</summary>
    public string? PackageVersion { get; init; }
}
