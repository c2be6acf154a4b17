using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Manifests;

/// <summary>A file or link of a tree.</summary>
/// <param name="Path">The path below the root (<see cref="RelativePath"/>).</param>
/// <param name="Size">The length in bytes; of a link, of the UTF-8 form of its target.</param>
/// <param name="Digest">The digest of the content; of a link, of the UTF-8 form of its target.</param>
/// <param name="IsExecutable">Whether the owner may execute the file; false on Windows and for a link.</param>
/// <param name="LinkTarget">What a symbolic link names, as it is written; null for a file.</param>
public sealed record ManifestEntry(string Path, long Size, Digest Digest, bool IsExecutable = false, string? LinkTarget = null);
