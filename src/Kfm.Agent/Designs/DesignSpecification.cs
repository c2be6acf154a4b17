using Kfm.Provenance.Digests;

namespace Kfm.Agent.Designs;

/// <summary>A file that says how a thing is to be: an interface description, a schema, a data contract, or a file that the intent names.</summary>
/// <param name="Path">The path from the root of the repository.</param>
/// <param name="Digest">The SHA-256 of the file at the base commit; null when the base has no such file.</param>
/// <param name="Component">The component that it belongs to, or null.</param>
public sealed record DesignSpecification(string Path, Digest? Digest, string? Component);
