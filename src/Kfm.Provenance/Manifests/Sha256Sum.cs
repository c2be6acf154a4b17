using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Manifests;

/// <summary>A line of a <see cref="Sha256Sums"/> list.</summary>
/// <param name="Path">The path below the root (<see cref="RelativePath"/>).</param>
/// <param name="Digest">The digest of the file.</param>
public sealed record Sha256Sum(string Path, Digest Digest);
