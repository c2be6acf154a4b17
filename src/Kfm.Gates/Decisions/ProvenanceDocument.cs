using Kfm.Provenance.Digests;

namespace Kfm.Gates.Decisions;

/// <summary>A document that was made from the record before the gate, and the root that it carries.</summary>
/// <param name="Name">The path below the bundle, for example <c>prov/run.jsonld</c>.</param>
/// <param name="Digest">The SHA-256 of its bytes.</param>
/// <param name="EvidenceRoot">The root that it carries; null when it carries none, which denies.</param>
public sealed record ProvenanceDocument(string Name, Digest Digest, Digest? EvidenceRoot);
