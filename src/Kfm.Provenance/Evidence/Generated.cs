using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>
/// A run wrote an artifact. Whatever did not come from outside has at least one such run; several runs may write the same bytes, and a run may
/// write bytes that were read before.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Artifact">The digest of what it wrote.</param>
public sealed record Generated(RunKey Run, Digest Artifact) : Fact;
