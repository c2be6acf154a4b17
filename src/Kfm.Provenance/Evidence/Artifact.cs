using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>Bytes that a run read or wrote. Its identity is its content: <c>urn:kfm:sha256:…</c>.</summary>
/// <param name="Digest">The SHA-256 of the content.</param>
/// <param name="Name">The path below the bundle, below the repository as <c>repo:path</c>, or, of what Kfm brings along, <c>kfm:path</c>.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Size">The length of the content in bytes.</param>
/// <param name="Role">What it is to the pipeline.</param>
/// <param name="Classification">The label of the data: <c>public</c>, <c>internal</c>, <c>confidential</c> or <c>restricted</c>.</param>
public sealed record Artifact(
    Digest Digest,
    string Name,
    string MediaType,
    long Size,
    ArtifactRole Role,
    string Classification = "public") : Fact
{
    /// <summary>The git object id of the same content (40 hexadecimal digits), for a commit or a tree; else null.</summary>
    public string? GitObject { get; init; }

    /// <summary>The identity of the content, <c>urn:kfm:sha256:…</c>.</summary>
    public string Id => "urn:kfm:" + Digest;

    /// <summary>Whether it came from outside of the pipeline, so that it needs no run that generated it.</summary>
    internal bool IsMaterial => Role is ArtifactRole.Source or ArtifactRole.Config or ArtifactRole.Policy or ArtifactRole.Schema or ArtifactRole.Data;
}
