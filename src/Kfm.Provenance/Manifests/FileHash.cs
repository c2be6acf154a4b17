namespace Kfm.Provenance.Manifests;

/// <summary>What <see cref="FileHasher"/> found: of a link the size and hash of its target's text.</summary>
internal readonly record struct FileHash(long Size, byte[] Hash, bool IsExecutable, string? LinkTarget);
