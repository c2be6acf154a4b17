namespace Kfm.Gates.Rego;

/// <summary>One source file of a policy set.</summary>
/// <param name="Path">The path by which errors and the digest name it, relative and with forward slashes.</param>
/// <param name="Source">The Rego text.</param>
public sealed record RegoModule(string Path, string Source);
