namespace Kfm.Agent.Configuration;

/// <summary>How the repository is built, and what the build is for.</summary>
/// <param name="Command">The program and its arguments; no shell reads them.</param>
/// <param name="Artifacts">The files that the build must make, as globs from the root of the tree; at least one.</param>
public sealed record BuildStep(IReadOnlyList<string> Command, IReadOnlyList<Glob> Artifacts);
