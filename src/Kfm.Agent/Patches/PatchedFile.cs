namespace Kfm.Agent.Patches;

/// <summary>A file as a patch leaves it.</summary>
/// <param name="Path">The path from the root.</param>
/// <param name="Mode">100644, 100755 or 120000 (a link).</param>
/// <param name="Content">The content; for a link its target.</param>
public sealed record PatchedFile(string Path, string Mode, ReadOnlyMemory<byte> Content);
