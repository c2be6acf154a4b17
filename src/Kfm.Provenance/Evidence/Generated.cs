using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>A run wrote an artifact. Every artifact that is not a source has exactly one such run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Artifact">The digest of what it wrote.</param>
public sealed record Generated(RunKey Run, Digest Artifact) : Fact;
