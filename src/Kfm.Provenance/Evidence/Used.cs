using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>A run read an artifact.</summary>
/// <param name="Run">The run.</param>
/// <param name="Artifact">The digest of what it read.</param>
/// <param name="Role">What it read it as, for example <c>policy</c> or <c>source</c>.</param>
public sealed record Used(RunKey Run, Digest Artifact, string Role) : Fact;
