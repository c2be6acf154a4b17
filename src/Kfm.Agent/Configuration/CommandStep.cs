namespace Kfm.Agent.Configuration;

/// <summary>A step that is one command: restore or lint.</summary>
/// <param name="Command">The program and its arguments; no shell reads them.</param>
public sealed record CommandStep(IReadOnlyList<string> Command);
