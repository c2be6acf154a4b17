namespace Kfm.Agent.Configuration;

/// <summary>Changed paths that give a proposal at least a tier of risk.</summary>
/// <param name="Tier"><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
/// <param name="Paths">The globs of the paths.</param>
public sealed record RiskRule(string Tier, IReadOnlyList<Glob> Paths);
