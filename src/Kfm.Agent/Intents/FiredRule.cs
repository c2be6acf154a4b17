namespace Kfm.Agent.Intents;

/// <summary>A rule that applied, and to what.</summary>
/// <param name="Id">The id of the rule, for example <c>intent.auth</c> or <c>path.protected</c>.</param>
/// <param name="Tier">The tier that the rule asks for.</param>
/// <param name="Matched">The word or path that made it apply; empty for a default.</param>
public sealed record FiredRule(string Id, RiskTier Tier, string Matched);
