namespace Kfm.Agent.Configuration;

/// <summary>What the repository calls itself.</summary>
/// <param name="Name">The name, 1 to 200 characters.</param>
/// <param name="Version">The version, or null when the configuration names none.</param>
public sealed record ProjectIdentity(string Name, string? Version);
