namespace Kfm.Agent.Configuration;

/// <summary>The class of paths.</summary>
/// <param name="Class">The class.</param>
/// <param name="Paths">The paths.</param>
public sealed record ClassRule(DataClass Class, IReadOnlyList<Glob> Paths);
