namespace Kfm.Ledger.Verification;

/// <summary>One thing that is wrong with a log.</summary>
/// <param name="Damage">The class of the damage.</param>
/// <param name="Index">The first entry that it concerns, or null when it concerns none in particular.</param>
/// <param name="Message">What is wrong.</param>
public sealed record LogFinding(LogDamage Damage, long? Index, string Message);
