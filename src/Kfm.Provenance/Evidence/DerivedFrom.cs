using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Evidence;

/// <summary>
/// An artifact was made from another. Told by the run in which the content is new: a copy of what an earlier run read or wrote is no derivation
/// (<see cref="EvidenceBuilder.Freeze"/>).
/// </summary>
/// <param name="Artifact">What was made.</param>
/// <param name="Source">What it was made from.</param>
/// <param name="Run">The run that made it.</param>
public sealed record DerivedFrom(Digest Artifact, Digest Source, RunKey Run) : Fact;
