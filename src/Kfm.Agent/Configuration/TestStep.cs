namespace Kfm.Agent.Configuration;

/// <summary>How the repository is tested.</summary>
/// <param name="Command">The program and its arguments; no shell reads them.</param>
/// <param name="Results">The TRX files that the tests write, as a glob from the root of the tree.</param>
/// <param name="Coverage">The Cobertura files that the tests write, as a glob; null when coverage is not measured.</param>
public sealed record TestStep(IReadOnlyList<string> Command, Glob Results, Glob? Coverage);
