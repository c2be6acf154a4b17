namespace Kfm.Agent.Configuration;

/// <summary>A named part of the repository.</summary>
/// <param name="Name">The name, 1 to 200 characters.</param>
/// <param name="Paths">The globs of its paths.</param>
public sealed record ComponentSetting(string Name, IReadOnlyList<Glob> Paths);
